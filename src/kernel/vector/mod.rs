//! Elementary functions without branches, which a compiler turns into vector instructions.
