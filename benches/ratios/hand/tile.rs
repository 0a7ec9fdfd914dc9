//! A tile of a product of matrices, held in registers.

/// Numbers that the compiler keeps in one register, or in a few narrower ones.
pub const WIDTH: usize = 8;

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
        let a: &[f64; M] = a[left..].first_chunk().unwrap();
        let (b, _) = b[right..].as_chunks::<WIDTH>();
        let b: &[[f64; WIDTH]; V] = b.first_chunk().unwrap();
        for m in 0..M {
            add_multiple(&mut tile[m], a[m], b);
        }
    }
    for m in 0..M {
        let (c, _) = c[m * c_stride..].as_chunks_mut::<WIDTH>();
        let c: &mut [[f64; WIDTH]; V] = c.first_chunk_mut().unwrap();
        add_multiple(c, 1.0, &tile[m]);
    }
}

#[inline(always)]
fn add_multiple<const V: usize>(c: &mut [[f64; WIDTH]; V], a: f64, b: &[[f64; WIDTH]; V]) {
    for v in 0..V {
        for lane in 0..WIDTH {
            c[v][lane] = a.mul_add(b[v][lane], c[v][lane]);
        }
    }
}
