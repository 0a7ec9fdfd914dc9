"""Fits the models of inference with statsmodels and lifelines and writes python.json beside this file.

    python3 gen_statsmodels.py

Reads the files of models/data. README.md says what each entry is.
"""

import json
from pathlib import Path

import lifelines
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from statsmodels.discrete.discrete_model import NegativeBinomial
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.othermod.betareg import BetaModel
from statsmodels.tsa.arima.model import ARIMA

HERE = Path(__file__).resolve().parent
DATA = HERE / "../../../models/data"
result = {}


def read(name):
    return pd.read_csv(DATA / f"{name}.csv")


def design(columns):
    """A design matrix with named columns, the constant first."""
    frame = pd.DataFrame({k: np.asarray(v, float) for k, v in columns.items()})
    frame.insert(0, "(Intercept)", 1.0)
    return frame


def indicators(prefix, values, levels):
    """Treatment contrasts against the first level."""
    return {f"{prefix}{level}": (values == level) for level in levels[1:]}


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, str) or isinstance(value, list) and value and isinstance(value[0], str):
        return value
    return np.asarray(value, float).tolist()


def basic(fit, names):
    out = {"parameters": names, "estimate": fit.params}
    for key, attribute in [("ln_likelihood", "llf"), ("aic", "aic")]:
        out[key] = getattr(fit, attribute)
    return out


def newton(model, **options):
    """Newton's method with statsmodels' derivatives until the score is rounding."""
    return model.fit(method="newton", tol=1e-10, maxiter=200, disp=0, **options)


def robust(fit_with, groups=None):
    """Covariances of the robust kinds from the same fit."""
    out = {"covariance_hc0": fit_with(cov_type="HC0").cov_params(), "covariance_hc1": fit_with(cov_type="HC1").cov_params()}
    if groups is not None:
        codes = pd.factorize(groups)[0]
        out["clusters"] = len(set(codes))
        for key, correct in [("covariance_cluster", False), ("covariance_cluster_corrected", True)]:
            keywords = {"groups": codes, "use_correction": correct}
            out[key] = fit_with(cov_type="cluster", cov_kwds=keywords).cov_params()
    return out


# Linear regression: stack loss, investment

data = read("stackloss")
x = design({k: data[k] for k in ["air_flow", "water_temperature", "acid_concentration"]})
model = sm.OLS(data["stack_loss"], x)
fit = model.fit()
influence = fit.get_influence()
points = np.array([[1, 60, 20, 86], [1, 75, 25, 90], [1, 50, 18, 80]], float)
prediction = fit.get_prediction(points)
result["stackloss_lm"] = basic(fit, list(x.columns)) | {
    "bic": fit.bic,
    "sigma": np.sqrt(fit.scale),
    "covariance": fit.cov_params(),
    **{f"covariance_{k.lower()}": model.fit(cov_type=k).cov_params() for k in ["HC0", "HC1", "HC2", "HC3"]},
    "hat_values": influence.hat_matrix_diag,
    "cooks_distance": influence.cooks_distance[0],
    "residuals_standardised": influence.resid_studentized_internal,
    "residuals_studentised": influence.resid_studentized_external,
    "dfbetas": influence.dfbetas,
    "dffits": influence.dffits[0],
    "prediction_points": points,
    "prediction": prediction.predicted_mean,
    "prediction_se_mean": prediction.se_mean,
    "confidence_interval_mean": prediction.conf_int(),
    "prediction_interval": prediction.conf_int(obs=True),
}
data = read("grunfeld")
x = design({k: data[k] for k in ["value", "capital"]})
model = sm.OLS(data["investment"], x)
fit = model.fit()
result["grunfeld_lm"] = basic(fit, list(x.columns)) | {"covariance": fit.cov_params()} | robust(model.fit, data["firm"])

# Binary responses: O-rings, bacteria, budworms

data = read("challenger")
x = design({"temperature": data["temperature"]})
model = sm.Logit(data["any"], x)
fit = newton(model)
margins = fit.get_margeff(at="overall")
result["challenger_any"] = (
    basic(fit, list(x.columns))
    | {
        "covariance": fit.cov_params(),
        "ln_likelihood_null": fit.llnull,
        "likelihood_ratio": fit.llr,
        "average_marginal_effect": margins.margeff,
        "average_marginal_effect_se": margins.margeff_se,
    }
    | robust(lambda **k: newton(model, **k))
)
counts = np.column_stack([data["distressed"], 6 - data["distressed"]])
fit = sm.GLM(counts, x, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
influence = fit.get_influence()
result["challenger_binomial"] = basic(fit, list(x.columns)) | {
    "deviance": fit.deviance,
    "covariance_expected": fit.cov_params(),
    "hat_values": influence.hat_matrix_diag,
    "cooks_distance": influence.cooks_distance[0],
}
data = read("bacteria")
x = design(indicators("treatment", data["treatment"], ["placebo", "drug", "drug+"]) | {"late": data["week"] > 2})
model = sm.Logit(data["present"], x)
fit = newton(model)
result["bacteria_logit"] = (
    basic(fit, list(x.columns)) | {"covariance": fit.cov_params()} | robust(lambda **k: newton(model, **k), data["child"])
)
probit = sm.Probit(data["present"], x)
fit = newton(probit)
result["bacteria_probit"] = basic(fit, list(x.columns)) | {"covariance_observed": fit.cov_params()}
data = read("budworm")
x = design({"sexfemale": data["sex"] == "female", "log2(dose)": np.log2(data["dose"])})
links = sm.families.links
for name, link in [("logit", links.Logit()), ("probit", links.Probit()), ("cloglog", links.CLogLog())]:
    model = sm.GLM(np.column_stack([data["dead"], data["moths"] - data["dead"]]), x, family=sm.families.Binomial(link=link))
    start = model.fit(tol=1e-14, maxiter=200)
    fit = model.fit(method="newton", start_params=start.params, tol=1e-14, maxiter=200, cov_type="nonrobust", disp=0)
    result[f"budworm_{name}"] = basic(fit, list(x.columns)) | {
        "deviance": fit.deviance,
        "covariance_expected": np.linalg.inv(-model.hessian(fit.params, scale=1.0, observed=False)),
        "covariance_observed": np.linalg.inv(-model.hessian(fit.params, scale=1.0, observed=True)),
    }

# Counts: absences from school, claims, seizures

data = read("quine")
x = design(
    {
        "ethnicityN": data["ethnicity"] == "N",
        "sexM": data["sex"] == "M",
        **indicators("age", data["age"], ["F0", "F1", "F2", "F3"]),
        "learnerSL": data["learner"] == "SL",
    }
)
cell = data["ethnicity"] + data["sex"] + data["age"] + data["learner"]
model = sm.Poisson(data["days"], x)
fit = newton(model)
result["quine_poisson"] = (
    basic(fit, list(x.columns)) | {"covariance": fit.cov_params()} | robust(lambda **k: newton(model, **k), cell)
)
model = NegativeBinomial(data["days"], x, loglike_method="nb2")
start = model.fit(method="bfgs", maxiter=2000, gtol=1e-7, disp=0).params
with_start = lambda **k: newton(model, start_params=start, **k)
fit = with_start()
result["quine_negative_binomial"] = (
    basic(fit, [*x.columns, "alpha"]) | {"covariance_observed": fit.cov_params()} | robust(with_start, cell)
)
data = read("insurance")
x = design(
    indicators("district", data["district"], [1, 2, 3, 4])
    | indicators("engine", data["engine"], ["<1l", "1-1.5l", "1.5-2l", ">2l"])
    | indicators("age", data["age"], ["<25", "25-29", "30-35", ">35"])
)
model = sm.Poisson(data["claims"], x, offset=np.log(data["holders"]))
fit = newton(model)
result["insurance_poisson"] = (
    basic(fit, list(x.columns)) | {"covariance": fit.cov_params()} | robust(lambda **k: newton(model, **k))
)
data = read("seizures")
drug = (data["treatment"] == "progabide").astype(float)
x = design(
    {
        "ln(baseline)": np.log(data["baseline"]),
        "treatmentprogabide": drug,
        "ln(age)": np.log(data["age"]),
        "ln(baseline):treatmentprogabide": np.log(data["baseline"]) * drug,
    }
)
model = sm.Poisson(data["seizures"], x)
fit = newton(model)
result["seizures_poisson"] = (
    basic(fit, list(x.columns)) | {"covariance": fit.cov_params()} | robust(lambda **k: newton(model, **k), data["patient"])
)

# Proportions: gasoline

data = read("gasoline")
crudes = "JABCDEFGHI"
x = design(indicators("crude", data["crude"], crudes) | {"end_point": data["end_point"]})
model = BetaModel(data["yield"] / 100, x, link_precision=links.Identity())
start = np.array([-6.16, 1.73, 1.32, 1.57, 1.06, 1.13, 1.04, 0.54, 0.50, 0.39, 0.011, 440])
fit = model.fit(start_params=start, method="newton", tol=1e-7, maxiter=200, disp=0)
result["gasoline_beta"] = basic(fit, [*x.columns, "precision"]) | {
    "covariance_observed": np.linalg.inv(-model.hessian(fit.params, observed=True))
}

# Categories: work outside the home, satisfaction with housing

data = read("labour")
x = design({"husband_income": data["husband_income"], "childrenpresent": data["children"] == "present"})
model = sm.MNLogit(pd.Categorical(data["participation"], ["none", "parttime", "fulltime"]).codes, x)
fit = newton(model)
names = [f"{answer}:{column}" for answer in ["parttime", "fulltime"] for column in x.columns]
result["labour_multinomial"] = {
    "parameters": names,
    "estimate": np.asarray(fit.params).T.ravel(),
    "ln_likelihood": fit.llf,
    "aic": fit.aic,
    "covariance": fit.cov_params(),
}
data = read("housing")
data = data.loc[data.index.repeat(data["residents"])].reset_index(drop=True)
x = design(
    indicators("influence", data["influence"], ["Low", "Medium", "High"])
    | indicators("type", data["type"], ["Tower", "Apartment", "Atrium", "Terrace"])
    | {"contactHigh": data["contact"] == "High"}
).drop(columns="(Intercept)")
answer = pd.Series(pd.Categorical(data["satisfaction"], ["Low", "Medium", "High"], ordered=True))
for link, distribution in [("logit", "logit"), ("probit", "probit")]:
    model = OrderedModel(answer, x, distr=distribution)
    start = model.fit(method="bfgs", gtol=1e-8, maxiter=1000, disp=0).params
    fit = model.fit(method="newton", start_params=start, tol=1e-8, maxiter=50, disp=0)
    result[f"housing_ordered_{link}"] = {
        "parameters": [*x.columns, "Low|Medium", "ln_step_to_Medium|High"],
        "estimate": fit.params,
        "thresholds": model.transform_threshold_params(fit.params)[1:-1],
        "ln_likelihood": fit.llf,
        "aic": fit.aic,
        "se_observed_by_differences": fit.bse,
    }

# Survival: remission of leukaemia, lung cancer (lifelines)


def tightest(fitter, table, time, event):
    """The fit with the smallest tolerance of the gradient that the optimiser of lifelines reaches."""
    for exponent in range(13, 4, -1):
        try:
            return fitter().fit(
                table, duration_col=time, event_col=event, fit_options={"gtol": 10.0**-exponent, "ftol": 1e-16, "maxiter": 5000}
            )
        except lifelines.exceptions.ConvergenceError:
            continue
    raise ArithmeticError("lifelines does not converge")


data = read("gehan")
frame = pd.DataFrame(
    {"weeks": data["weeks"], "relapsed": data["relapsed"], "treatmentcontrol": (data["treatment"] == "control").astype(float)}
)
lung = read("lung")
lung_frame = pd.DataFrame(
    {
        "days": lung["days"],
        "died": lung["died"],
        "age": lung["age"],
        "sexfemale": (lung["sex"] == "female").astype(float),
        "ecog": lung["ecog"],
    }
)
for name, table, time, event in [("gehan", frame, "weeks", "relapsed"), ("lung", lung_frame, "days", "died")]:
    for distribution, fitter in [
        ("weibull", lifelines.WeibullAFTFitter),
        ("lognormal", lifelines.LogNormalAFTFitter),
        ("loglogistic", lifelines.LogLogisticAFTFitter),
    ]:
        fit = tightest(fitter, table, time, event)
        names = ["/".join(index) for index in fit.params_.index]
        result[f"{name}_{distribution}"] = {
            "parameters": names,
            "estimate": fit.params_,
            "ln_likelihood": fit.log_likelihood_,
            "aic": fit.AIC_,
            "covariance_observed": fit.variance_matrix_,
        }

# Time series: Lake Huron

fit = ARIMA(read("lake_huron")["level"], order=(1, 0, 0)).fit(method_kwargs={"maxiter": 1000, "pgtol": 1e-12, "factr": 10.0})
result["lake_huron_ar1"] = {
    "parameters": ["mean", "phi", "variance"],
    "estimate": fit.params,
    "ln_likelihood": fit.llf,
    "aic": fit.aic,
    "covariance_observed_by_differences": fit.cov_params(),
    "covariance_opg": fit.cov_params_opg,
}
fit = sm.OLS(read("lake_huron")["level"], design({"year": read("lake_huron")["year"]}))
robust_fit = fit.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": False})
result["lake_huron_trend"] = basic(robust_fit, ["(Intercept)", "year"]) | {"covariance_newey_west_3": robust_fit.cov_params()}

versions = {
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "pandas": pd.__version__,
    "statsmodels": statsmodels.__version__,
    "lifelines": lifelines.__version__,
}
with open(HERE / "python.json", "w") as file:
    json.dump({"versions": versions} | plain(result), file, indent=1)
    file.write("\n")
