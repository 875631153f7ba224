//! The network: embeddings, two layers of LSTM, and on top of them tags, trees
//! and names (Kiperwasser and Goldberg 2016; Dozat and Manning 2017). Pure.

pub mod decode;
pub mod inputs;
mod kept;
mod kernel;
mod lstm;
mod map;
mod network;
mod room;
pub mod steps;

pub use network::{Network, RELATIONS, Reading, Sizes};

/// The hyperbolic tangent by Lambert's continued fraction, seven levels deep:
/// off by less than 0.0001. Only sums, products and a quotient, so that all
/// machines get the same bits.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let over = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let under = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    (over / under).clamp(-1.0, 1.0)
}

/// The logistic function, from [`tanh`].
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}
