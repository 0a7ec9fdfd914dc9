//! Sums over numbers in independent lanes.

/// How many lanes there are: a few registers of any width.
const LANES: usize = 64;

/// How many numbers of a lane are added in registers before the lanes in memory are.
const DEPTH: usize = 4;

/// `K` functions of a number.
pub trait Functions<const K: usize> {
    /// Adds them to the sums: mark it `#[inline(always)]`, since a call cannot be vectorised.
    fn add(&self, x: f64, sums: &mut [f64; K]);

    /// What is left to do with the sums over a few numbers before they are added to the others.
    #[inline(always)]
    fn close(_sums: &mut [f64; K]) {}
}

/// The sums of the functions over the data. Call it in a function compiled for the instruction set that the processor has.
#[inline(always)]
pub fn accumulate<const K: usize, F: Functions<K>>(functions: &F, data: &[f64]) -> [f64; K] {
    let mut lanes = [[0.0; LANES]; K];
    let (groups, _) = data.as_chunks::<LANES>();
    let (blocks, _) = groups.as_chunks::<DEPTH>();
    for block in blocks {
        for lane in 0..LANES {
            let mut sums = [0.0; K];
            // Written out: an inner loop that is not unrolled would be taken for the one to vectorise.
            let [a, b, c, d] = block;
            functions.add(a[lane], &mut sums);
            functions.add(b[lane], &mut sums);
            functions.add(c[lane], &mut sums);
            functions.add(d[lane], &mut sums);
            F::close(&mut sums);
            for k in 0..K {
                lanes[k][lane] += sums[k];
            }
        }
    }
    // What is left, filled up to whole groups with numbers that are not added.
    for rest in data[blocks.len() * DEPTH * LANES..].chunks(LANES) {
        let (mut group, mut last) = ([rest[0]; LANES], [[0.0; LANES]; K]);
        group[..rest.len()].copy_from_slice(rest);
        for lane in 0..LANES {
            let mut sums = [0.0; K];
            functions.add(group[lane], &mut sums);
            F::close(&mut sums);
            for k in 0..K {
                last[k][lane] = sums[k];
            }
        }
        for (lanes, last) in lanes.iter_mut().zip(&last) {
            for (lane, last) in lanes.iter_mut().zip(&last[..rest.len()]) {
                *lane += last;
            }
        }
    }
    lanes.map(|lanes| lanes.iter().sum())
}
