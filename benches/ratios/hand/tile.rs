//! Rows of numbers in pieces that fill a register, or a few narrower ones, and tiles of a product of matrices that stay there.

/// How many numbers a piece has.
pub const WIDTH: usize = 8;

/// A row of `V` × 8 numbers.
pub type Row<const V: usize> = [[f64; WIDTH]; V];

/// c + a b. All loops here have lengths that the compiler knows, and are unrolled.
#[inline(always)]
pub fn add_multiple<const V: usize>(c: &mut Row<V>, a: f64, b: &Row<V>) {
    for v in 0..V {
        for lane in 0..WIDTH {
            c[v][lane] = a.mul_add(b[v][lane], c[v][lane]);
        }
    }
}

/// The first `size` numbers of a slice, and zeros.
#[inline(always)]
pub fn masked<const V: usize>(from: &[f64], size: usize) -> Row<V> {
    let (pieces, _) = from.as_chunks::<WIDTH>();
    let mut row = [[0.0; WIDTH]; V];
    for v in 0..V {
        for lane in 0..WIDTH {
            row[v][lane] = if v * WIDTH + lane < size { pieces[v][lane] } else { 0.0 };
        }
    }
    row
}

/// aᵀb
#[inline(always)]
pub fn dot<const V: usize>(a: &Row<V>, b: &Row<V>) -> f64 {
    let mut lanes = [0.0; WIDTH];
    for v in 0..V {
        for lane in 0..WIDTH {
            lanes[lane] = a[v][lane].mul_add(b[v][lane], lanes[lane]);
        }
    }
    let half: [f64; 4] = std::array::from_fn(|lane| lanes[lane] + lanes[lane + 4]);
    (half[0] + half[2]) + (half[1] + half[3])
}

/// Adds AᵀB to C for `M` columns of A, which begin at `left`, and `V` × 8 columns of B, which begin at `right`. Rows of A, B and C have
/// so many columns as the strides say, and there are as many rows of A as of B.
#[inline(always)]
pub fn add_product<const M: usize, const V: usize>(
    (a, left, a_stride): (&[f64], usize, usize),
    (b, right, b_stride): (&[f64], usize, usize),
    (c, c_stride): (&mut [f64], usize),
) {
    let mut tile = [[[0.0; WIDTH]; V]; M];
    for (a, b) in a.chunks_exact(a_stride).zip(b.chunks_exact(b_stride)) {
        let pieces = b[right..].as_chunks().0;
        if let (Some(a), Some(b)) = (a[left..].first_chunk::<M>(), pieces.first_chunk()) {
            for m in 0..M {
                add_multiple(&mut tile[m], a[m], b);
            }
        }
    }
    for m in 0..M {
        if let Some(c) = c[m * c_stride..].as_chunks_mut().0.first_chunk_mut() {
            add_multiple(c, 1.0, &tile[m]);
        }
    }
}
