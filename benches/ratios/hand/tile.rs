//! Rows of numbers in pieces that fill a register, or a few narrower ones, and tiles of a product of matrices that stay there.
//!
//! Loops over lanes, pieces and rows of a tile have lengths that the compiler knows, and are unrolled.

/// How many numbers a piece has.
pub const WIDTH: usize = 8;

/// Numbers that fill a register.
pub type Piece = [f64; WIDTH];

/// Copies the numbers whose mask is all ones, and zeros where it is zero, without branches.
#[inline(always)]
pub fn copy_masked(to: &mut [f64], from: &[f64], mask: &[u64]) {
    for ((to, from), mask) in to.iter_mut().zip(from).zip(mask) {
        *to = f64::from_bits(from.to_bits() & mask);
    }
}

/// aᵀb for lengths that are multiples of [`WIDTH`].
#[inline(always)]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; WIDTH];
    for (a, b) in a.as_chunks::<WIDTH>().0.iter().zip(b.as_chunks::<WIDTH>().0) {
        for lane in 0..WIDTH {
            lanes[lane] = a[lane].mul_add(b[lane], lanes[lane]);
        }
    }
    let half: [f64; 4] = std::array::from_fn(|lane| lanes[lane] + lanes[lane + 4]);
    (half[0] + half[2]) + (half[1] + half[3])
}

/// c + a b
#[inline(always)]
fn add_multiple<const V: usize>(c: &mut [Piece; V], a: f64, b: &[Piece; V]) {
    for v in 0..V {
        for lane in 0..WIDTH {
            c[v][lane] = a.mul_add(b[v][lane], c[v][lane]);
        }
    }
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
