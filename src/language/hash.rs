//! Hashes of words and features. Pure; the same on every machine, so that the
//! trainer and the analyser agree on the place of every weight.

/// Hash of a few bytes, for words, affixes and shapes.
#[inline]
pub(crate) fn bytes(bytes: &[u8]) -> u32 {
    fold(crate::text::stable_hash(bytes))
}

/// FNV-1a, continued by one more byte.
#[inline]
pub(crate) fn push(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Where [`push`] begins.
pub(crate) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// 64 bits of FNV-1a mixed down to 32.
#[inline]
pub(crate) fn fold(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}

/// One number from two, for atoms that are made of two properties.
#[inline]
pub(crate) fn pair(a: u32, b: u32) -> u32 {
    let x = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    ((x ^ (x >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// The key of a feature: template number and two values. The high bits choose
/// the bucket of a weight table, the low bits are the check inside it.
#[inline]
pub(crate) fn feature(template: u32, a: u32, b: u32) -> u64 {
    let x = u64::from(a) << 32 | u64::from(b);
    let salt = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let h = (x ^ salt).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let h = (h ^ (h >> 32)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^ (h >> 31)
}
