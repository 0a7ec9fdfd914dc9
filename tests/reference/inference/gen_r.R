# Fits the models of inference with R and its packages and writes r.json beside this file.
#
#     Rscript gen_r.R
#
# Reads the files of models/data. README.md says what each entry is.

suppressPackageStartupMessages({
  library(MASS)
  library(survival)
  library(sandwich)
  library(lmtest)
  library(numDeriv)
})

arguments <- commandArgs(trailingOnly = FALSE)
script <- sub("--file=", "", grep("--file=", arguments, value = TRUE))
here <- if (length(script)) dirname(normalizePath(script)) else "."
read <- function(name, ...) read.csv(file.path(here, "../../../models/data", paste0(name, ".csv")), ...)

## JSON with 17 significant digits, which give every double back.

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
text <- function(x) paste0("\"", x, "\"")
json <- function(x, indent = "") {
  inner <- paste0(indent, "  ")
  if (is.matrix(x)) {
    rows <- apply(x, 1, function(row) paste0("[", paste(number(row), collapse = ", "), "]"))
    return(paste0("[\n", paste0(inner, rows, collapse = ",\n"), "\n", indent, "]"))
  }
  if (is.list(x)) {
    entries <- mapply(function(key, value) paste0(inner, text(key), ": ", json(value, inner)), names(x), x)
    return(paste0("{\n", paste(entries, collapse = ",\n"), "\n", indent, "}"))
  }
  values <- if (is.character(x)) text(x) else number(as.numeric(x))
  if (inherits(x, "vector") || length(x) != 1) paste0("[", paste(values, collapse = ", "), "]") else values
}
vector <- function(x) structure(as.vector(x), class = "vector")
bare <- function(m) { m <- as.matrix(m); dimnames(m) <- NULL; m }

result <- list()
tight <- glm.control(epsilon = 1e-14, maxit = 200)

estimated <- function(names, estimate, ...) list(parameters = vector(names), estimate = vector(estimate), ...)
coefficients_of <- function(fit) list(parameters = vector(names(coef(fit))), estimate = vector(coef(fit)))

# What every generalised linear model reports.
report_glm <- function(fit) {
  c(coefficients_of(fit), list(
    ln_likelihood = as.numeric(logLik(fit)), aic = AIC(fit), bic = BIC(fit),
    deviance = deviance(fit), null_deviance = fit$null.deviance, df_residual = fit$df.residual,
    pearson = sum(residuals(fit, "pearson")^2),
    covariance_expected = bare(summary(fit, dispersion = 1)$cov.unscaled),
    covariance_sandwich = bare(sandwich(fit)),
    covariance_hc0 = bare(vcovHC(fit, type = "HC0"))
  ))
}

diagnostics <- function(fit) list(
  hat_values = vector(hatvalues(fit)), cooks_distance = vector(cooks.distance(fit)),
  residual_pearson = vector(residuals(fit, "pearson")), residual_deviance = vector(residuals(fit, "deviance")),
  residual_standardised_deviance = vector(rstandard(fit)),
  dfbeta = bare(lm.influence(fit)$coefficients)
)

# Ends of the profile-likelihood interval of coefficient j of a GLM at the level 95 per cent, by root finding on refits.
profile_interval <- function(fit, j, level = 0.95) {
  X <- model.matrix(fit)
  y <- fit$y
  w <- fit$prior.weights
  o <- if (is.null(fit$offset)) rep(0, length(y)) else fit$offset
  best <- deviance(fit)
  se <- sqrt(diag(vcov(fit)))[j]
  excess <- function(b) {
    rest <- X[, -j, drop = FALSE]
    other <- suppressWarnings(glm.fit(rest, y, weights = w, offset = o + b * X[, j], family = fit$family, control = tight))
    other$deviance - best - qchisq(level, 1)
  }
  b <- coef(fit)[j]
  c(uniroot(excess, c(b - 6 * se, b), tol = 1e-14)$root, uniroot(excess, c(b, b + 6 * se), tol = 1e-14)$root)
}
profile_intervals <- function(fit) bare(t(sapply(seq_along(coef(fit)), function(j) profile_interval(fit, j))))

## Linear regression: stack loss

stackloss <- read("stackloss")
fit <- lm(stack_loss ~ ., stackloss)
at <- data.frame(air_flow = c(60, 75, 50), water_temperature = c(20, 25, 18), acid_concentration = c(86, 90, 80))
sigma_ml <- sqrt(mean(residuals(fit)^2))
result$stackloss_lm <- c(coefficients_of(fit), list(
  sigma = summary(fit)$sigma, sigma_maximum_likelihood = sigma_ml,
  ln_likelihood = as.numeric(logLik(fit)), aic = AIC(fit), bic = BIC(fit),
  r_squared = summary(fit)$r.squared, adjusted_r_squared = summary(fit)$adj.r.squared,
  f_statistic = as.numeric(summary(fit)$fstatistic[1]),
  t_values = vector(summary(fit)$coefficients[, 3]), p_values = vector(summary(fit)$coefficients[, 4]),
  covariance = bare(vcov(fit)), confidence_interval = bare(confint(fit)),
  covariance_hc0 = bare(vcovHC(fit, "HC0")), covariance_hc1 = bare(vcovHC(fit, "HC1")),
  covariance_hc2 = bare(vcovHC(fit, "HC2")), covariance_hc3 = bare(vcovHC(fit, "HC3")),
  hat_values = vector(hatvalues(fit)), cooks_distance = vector(cooks.distance(fit)),
  residuals = vector(residuals(fit)), residuals_standardised = vector(rstandard(fit)), residuals_studentised = vector(rstudent(fit)),
  dffits = vector(dffits(fit)), dfbeta = bare(dfbeta(fit)),
  prediction_points = bare(cbind(1, as.matrix(at))),
  fitted_and_confidence_interval = bare(predict(fit, at, interval = "confidence")),
  fitted_and_prediction_interval = bare(predict(fit, at, interval = "prediction"))
))

## Logistic regression: O-rings

challenger <- read("challenger")
delta_probability <- function(fit, t) {
  p <- predict(fit, data.frame(temperature = t), type = "response", se.fit = TRUE)
  link <- predict(fit, data.frame(temperature = t), se.fit = TRUE)
  z <- qnorm(0.975)
  list(temperature = t, probability = as.numeric(p$fit), se_delta = as.numeric(p$se.fit), linear_predictor = as.numeric(link$fit),
       se_linear_predictor = as.numeric(link$se.fit),
       interval_wald_probability = vector(p$fit + c(-z, z) * p$se.fit),
       interval_from_linear_predictor = vector(plogis(link$fit + c(-z, z) * link$se.fit)))
}
for (response in c("any", "binomial")) {
  formula <- if (response == "any") any ~ temperature else cbind(distressed, 6 - distressed) ~ temperature
  fit <- glm(formula, binomial, challenger, control = tight)
  null <- update(fit, . ~ 1)
  slope <- coef(fit)[2] / sqrt(vcov(fit)[2, 2])
  result[[paste0("challenger_", response)]] <- c(report_glm(fit), diagnostics(fit), list(
    covariance_hc3 = bare(vcovHC(fit, "HC3")),
    interval_wald = bare(confint.default(fit)),
    interval_profile = profile_intervals(fit),
    interval_profile_interpolated = bare(suppressMessages(confint(fit))),
    test_of_no_slope = list(
      wald_z = as.numeric(slope), wald = as.numeric(slope^2),
      score = anova(null, fit, test = "Rao")$Rao[2], likelihood_ratio = null$deviance - deviance(fit),
      p_wald = pchisq(as.numeric(slope^2), 1, lower.tail = FALSE),
      p_score = anova(null, fit, test = "Rao")[2, "Pr(>Chi)"],
      p_likelihood_ratio = pchisq(null$deviance - deviance(fit), 1, lower.tail = FALSE)),
    ln_likelihood_null = as.numeric(logLik(null)),
    at_31 = delta_probability(fit, 31), at_60 = delta_probability(fit, 60)
  ))
}

## Binary dose-response with three links: budworms

budworm <- read("budworm")
budworm$sex <- factor(budworm$sex, c("male", "female"))
for (link in c("logit", "probit", "cloglog")) {
  fit <- glm(cbind(dead, moths - dead) ~ sex + log2(dose), binomial(link), budworm, control = tight)
  lines <- glm(cbind(dead, moths - dead) ~ sex + log2(dose) - 1, binomial(link), budworm, control = tight)
  doses <- list(probability = c(0.25, 0.5, 0.75))
  for (sex in 1:2) {
    dose <- dose.p(lines, cf = c(sex, 3), p = doses$probability)
    doses[[levels(budworm$sex)[sex]]] <- as.vector(dose)
    doses[[paste0(levels(budworm$sex)[sex], "_se")]] <- as.vector(attr(dose, "SE"))
  }
  result[[paste0("budworm_", link)]] <- c(report_glm(fit), list(log2_dose_for = doses))
}

## Logistic regression with children as clusters: bacteria

clustered <- function(fit, cluster) list(
  clusters = length(unique(cluster)),
  covariance_cluster = bare(vcovCL(fit, cluster = cluster, type = "HC0", cadjust = FALSE)),
  covariance_cluster_g = bare(vcovCL(fit, cluster = cluster, type = "HC0", cadjust = TRUE)),
  covariance_cluster_g_and_k = bare(vcovCL(fit, cluster = cluster, type = "HC1", cadjust = TRUE)),
  covariance_opg = bare(vcovOPG(fit, adjust = FALSE))
)
bacteria <- read("bacteria")
bacteria$treatment <- factor(bacteria$treatment, c("placebo", "drug", "drug+"))
bacteria$late <- as.numeric(bacteria$week > 2)
fit <- glm(present ~ treatment + late, binomial, bacteria, control = tight)
result$bacteria_logit <- c(report_glm(fit), clustered(fit, bacteria$child))

## Poisson and negative binomial regression: absences from school

quine <- read("quine")
formula <- days ~ ethnicity + sex + age + learner
fit <- glm(formula, poisson, quine, control = tight)
cell <- with(quine, interaction(ethnicity, sex, age, learner, drop = TRUE))
result$quine_poisson <- c(report_glm(fit), diagnostics(fit)["cooks_distance"], clustered(fit, cell))
nb <- glm.nb(formula, quine, control = glm.control(epsilon = 1e-14, maxit = 500), init.theta = 1.3)
theta_ml <- theta.ml(quine$days, fitted(nb), limit = 500, eps = 1e-14)
result$quine_negative_binomial <- c(coefficients_of(nb), list(
  theta = nb$theta, theta_se = nb$SE.theta, theta_at_fitted = as.numeric(theta_ml),
  ln_likelihood = as.numeric(logLik(nb)), aic = AIC(nb), bic = BIC(nb), deviance = deviance(nb), null_deviance = nb$null.deviance,
  covariance_expected_theta_known = bare(vcov(nb)), covariance_sandwich = bare(sandwich(nb)),
  likelihood_ratio_against_poisson = as.numeric(2 * (logLik(nb) - logLik(fit)))))

## Poisson regression with an offset: claims

insurance <- read("insurance")
insurance$district <- factor(insurance$district)
insurance$engine <- factor(insurance$engine, c("<1l", "1-1.5l", "1.5-2l", ">2l"))
insurance$age <- factor(insurance$age, c("<25", "25-29", "30-35", ">35"))
fit <- glm(claims ~ district + engine + age + offset(log(holders)), poisson, insurance, control = tight)
without <- update(fit, . ~ . - district)
result$insurance_poisson <- c(report_glm(fit), diagnostics(fit)[c("hat_values", "cooks_distance")], list(
  interval_profile = profile_intervals(fit),
  test_of_district = list(df = 3, likelihood_ratio = deviance(without) - deviance(fit),
    score = anova(without, fit, test = "Rao")$Rao[2],
    wald = as.numeric(coef(fit)[2:4] %*% solve(vcov(fit)[2:4, 2:4], coef(fit)[2:4])))))

## Gamma regression: clotting times

clotting <- read("clotting")
clotting$lot <- factor(clotting$lot)
for (link in c("inverse", "log")) for (lot in c("1", "2")) {
  fit <- glm(seconds ~ log(plasma), Gamma(link), clotting[clotting$lot == lot, ], control = tight)
  shape <- gamma.shape(fit, it.lim = 100, eps.max = 1e-9)
  n <- nrow(fit$model)
  mu <- fitted(fit)
  y <- fit$y
  a <- shape$alpha
  result[[paste0("clotting_", link, "_lot_", lot)]] <- c(coefficients_of(fit), list(
    deviance = deviance(fit), dispersion_pearson = summary(fit)$dispersion,
    shape = a, shape_se = shape$SE,
    ln_likelihood_at_shape = sum(dgamma(y, a, a / mu, log = TRUE)),
    covariance_unscaled = bare(summary(fit)$cov.unscaled),
    covariance_pearson_dispersion = bare(vcov(fit)),
    covariance_expected_at_shape = bare(summary(fit)$cov.unscaled / a)))
}

## Multinomial logistic regression: work outside the home, and the Hausman-McFadden statistic

labour <- read("labour")
labour$participation <- factor(labour$participation, c("none", "parttime", "fulltime"))
labour$children <- factor(labour$children, c("absent", "present"))
fit <- nnet::multinom(participation ~ husband_income + children, labour, trace = FALSE, Hess = TRUE,
  reltol = 1e-16, abstol = 1e-16, maxit = 2000)
estimate <- as.vector(t(coef(fit)))
labels <- as.vector(t(outer(rownames(coef(fit)), colnames(coef(fit)), paste, sep = ":")))
result$labour_multinomial <- list(parameters = vector(labels), estimate = vector(estimate),
  ln_likelihood = as.numeric(logLik(fit)), aic = AIC(fit), deviance = deviance(fit), covariance = bare(vcov(fit)))
pair <- glm(I(participation == "fulltime") ~ husband_income + children, binomial, labour,
  subset = participation != "parttime", control = tight)
d <- coef(pair) - estimate[4:6]
v <- vcov(pair) - vcov(fit)[4:6, 4:6]
result$labour_hausman <- list(restricted_estimate = vector(coef(pair)), restricted_covariance = bare(vcov(pair)),
  difference = vector(d), covariance_difference = bare(v), eigenvalues = vector(eigen(v)$values),
  statistic = as.numeric(d %*% solve(v, d)))

## Proportional odds: satisfaction with housing

housing <- read("housing")
housing$satisfaction <- factor(housing$satisfaction, c("Low", "Medium", "High"), ordered = TRUE)
housing$influence <- factor(housing$influence, c("Low", "Medium", "High"))
housing$type <- factor(housing$type, c("Tower", "Apartment", "Atrium", "Terrace"))
housing$contact <- factor(housing$contact, c("Low", "High"))
for (link in c("logit", "probit")) {
  fit <- ordinal::clm(satisfaction ~ influence + type + contact, data = housing, weights = residents, link = link,
    control = ordinal::clm.control(gradTol = 1e-10, maxIter = 200))
  packaged <- polr(satisfaction ~ influence + type + contact, housing, residents, Hess = TRUE,
    method = if (link == "logit") "logistic" else "probit", control = list(reltol = 1e-16, maxit = 1000))
  result[[paste0("housing_ordered_", link)]] <- c(coefficients_of(fit), list(
    ln_likelihood = as.numeric(logLik(fit)), aic = AIC(fit), covariance_observed = bare(vcov(fit)), gradient = vector(fit$gradient),
    polr_estimate = vector(c(packaged$zeta, coef(packaged))), polr_deviance = deviance(packaged)))
}

## Survival: remission of leukaemia, lung cancer

control <- survreg.control(rel.tolerance = 1e-15, maxiter = 200)
report_survreg <- function(fit) {
  scale <- if (nrow(vcov(fit)) > length(coef(fit))) "ln_scale" else character(0)
  list(parameters = vector(c(names(coef(fit)), scale)), estimate = vector(c(coef(fit), if (length(scale)) log(fit$scale))),
    scale = fit$scale, ln_likelihood = fit$loglik[2], ln_likelihood_null = fit$loglik[1], covariance_observed = bare(vcov(fit)))
}
gehan <- read("gehan")
gehan$treatment <- factor(gehan$treatment, c("6-MP", "control"))
lung <- read("lung")
lung$sex <- factor(lung$sex, c("male", "female"))
for (distribution in c("exponential", "weibull", "lognormal", "loglogistic")) {
  result[[paste0("gehan_", distribution)]] <-
    report_survreg(survreg(Surv(weeks, relapsed) ~ treatment, gehan, dist = distribution, control = control))
  fit <- survreg(Surv(days, died) ~ age + sex + ecog, lung, dist = distribution, control = control)
  result[[paste0("lung_", distribution)]] <- report_survreg(fit)
}
fit <- survreg(Surv(days, died) ~ age + sex + ecog, lung, dist = "weibull", control = control, robust = TRUE)
result$lung_weibull$covariance_sandwich <- bare(vcov(fit))
result$lung_weibull$residual_dfbeta <- bare(residuals(fit, "dfbeta")[1:5, ])

## Mixture of two normal distributions: waiting for Old Faithful

faithful <- read("faithful")
set.seed(1)
invisible(capture.output(mixture <- mixtools::normalmixEM(faithful$waiting,
  lambda = 0.36, mu = c(55, 80), sigma = c(6, 6), epsilon = 1e-13, maxit = 20000)))
mixture_ln_likelihood <- function(p) {
  density <- p[1] * dnorm(faithful$waiting, p[2], p[4]) + (1 - p[1]) * dnorm(faithful$waiting, p[3], p[5])
  sum(log(density))
}
estimate <- c(mixture$lambda[1], mixture$mu, mixture$sigma)
result$faithful_mixture <- estimated(c("weight_1", "mean_1", "mean_2", "sd_1", "sd_2"), estimate,
  ln_likelihood = mixture$loglik, covariance_observed = bare(solve(-hessian(mixture_ln_likelihood, estimate))))

## Nonlinear regression: puromycin

puromycin <- read("puromycin")
treated <- puromycin[puromycin$state == "treated", ]
report_nls <- function(fit) c(coefficients_of(fit), list(sigma = sigma(fit), residual_sum_of_squares = deviance(fit),
  ln_likelihood = as.numeric(logLik(fit)), covariance = bare(vcov(fit)), se = vector(sqrt(diag(vcov(fit))))))

# With derivatives; numerical ones would stop the iteration early.
one_state <- deriv(~ V * c / (K + c), c("V", "K"), function(V, K, c) NULL)
two_states <- deriv(~ (V + dV * s) * c / (K + c), c("V", "dV", "K"), function(V, dV, K, c, s) NULL)
control <- nls.control(tol = 1e-9, maxiter = 200, minFactor = 1e-12)
result$puromycin_treated <- report_nls(
  nls(rate ~ one_state(V, K, concentration), treated, start = c(V = 200, K = 0.05), control = control))
puromycin$indicator <- as.numeric(puromycin$state == "treated")
result$puromycin_both <- report_nls(nls(rate ~ two_states(V, dV, K, concentration, indicator), puromycin,
  start = c(V = 160, dV = 40, K = 0.05), control = control))

## Extremes: sea levels at Port Pirie

sea <- read("port_pirie")$sea_level
gev <- evd::fgev(sea, control = list(reltol = 1e-15, maxit = 2000), method = "BFGS")
result$port_pirie_gev <- estimated(c("location", "scale", "shape"), gev$estimate,
  ln_likelihood = -gev$deviance / 2,
  covariance_observed = bare(gev$var.cov))
level <- evd::fgev(sea, prob = 0.01, control = list(reltol = 1e-15, maxit = 2000), method = "BFGS")
result$port_pirie_return_level_100 <- estimated(c("level_100", "scale", "shape"), level$estimate,
  se = vector(level$std.err))

## Weibull distribution: wind

wind <- read("wind")$wind
fit <- fitdistr(wind, "weibull", control = list(reltol = 1e-15, maxit = 2000))
result$wind_weibull <- estimated(names(fit$estimate), fit$estimate,
  ln_likelihood = fit$loglik, se = vector(fit$sd))
fit <- fitdistr(wind, "gamma", control = list(reltol = 1e-15, maxit = 2000))
result$wind_gamma <- estimated(names(fit$estimate), fit$estimate,
  ln_likelihood = fit$loglik, se = vector(fit$sd))

## Autoregression: Lake Huron

level <- read("lake_huron")$level
fit <- arima(level, order = c(1, 0, 0), method = "ML", optim.control = list(reltol = 1e-16, maxit = 2000))
result$lake_huron_ar1 <- estimated(c("ar1", "mean"), coef(fit),
  sigma2 = fit$sigma2, ln_likelihood = as.numeric(logLik(fit)), aic = AIC(fit),
  covariance_observed = bare(vcov(fit)))

## GARCH(1,1): exchange rate

returns <- read("exchange")$return
garch <- suppressWarnings(fGarch::garchFit(~ garch(1, 1), returns, init.rec = "mci", trace = FALSE, algorithm = "nlminb"))
result$exchange_garch <- estimated(c("mu", "omega", "alpha1", "beta1"), garch@fit$par,
  ln_likelihood = -as.numeric(garch@fit$llh), se = vector(garch@fit$se.coef))

## Clusters: seizures and investment

seizures <- read("seizures")
fit <- glm(seizures ~ log(baseline) * treatment + log(age), poisson, seizures, control = tight)
result$seizures_poisson <- c(report_glm(fit), clustered(fit, seizures$patient))
grunfeld <- read("grunfeld")
fit <- lm(investment ~ value + capital, grunfeld)
result$grunfeld_lm <- c(coefficients_of(fit), list(covariance = bare(vcov(fit))), clustered(fit, grunfeld$firm)[1:4],
  list(covariance_hc0 = bare(vcovHC(fit, "HC0")), covariance_hc1 = bare(vcovHC(fit, "HC1")),
    covariance_two_way = bare(vcovCL(fit, cluster = grunfeld[, c("firm", "year")], type = "HC0", cadjust = FALSE))))

# Fixed against random effects of the firms, for all eleven and for the ten of Baltagi (2005).
for (firms in c("eleven", "ten")) {
  panel <- if (firms == "ten") subset(grunfeld, firm != "American Steel") else grunfeld
  within <- plm::plm(investment ~ value + capital, panel, index = c("firm", "year"), model = "within")
  random <- plm::plm(investment ~ value + capital, panel, index = c("firm", "year"), model = "random")
  hausman <- plm::phtest(within, random)
  result[[paste0("grunfeld_hausman_", firms)]] <- list(
    consistent_estimate = vector(coef(within)), consistent_covariance = bare(vcov(within)),
    efficient_estimate = vector(coef(random)[-1]), efficient_covariance = bare(vcov(random)[-1, -1]),
    statistic = as.numeric(hausman$statistic), df = as.numeric(hausman$parameter), p_value = as.numeric(hausman$p.value))
}

## Autocorrelation-robust covariance: trend of Lake Huron

fit <- lm(level ~ year, read("lake_huron"))
result$lake_huron_trend <- c(coefficients_of(fit), list(covariance = bare(vcov(fit)), covariance_hc0 = bare(vcovHC(fit, "HC0")),
  covariance_newey_west_3 = bare(NeweyWest(fit, lag = 3, prewhite = FALSE, adjust = FALSE))))

## Versions

packages <- c("MASS", "survival", "sandwich", "lmtest", "numDeriv", "nnet", "ordinal", "evd", "fGarch", "mixtools", "plm")
versions <- sapply(packages, function(p) as.character(packageVersion(p)), simplify = FALSE)
result <- c(list(versions = c(list(R = R.version.string), versions)), result)
writeLines(json(result), file.path(here, "r.json"))
