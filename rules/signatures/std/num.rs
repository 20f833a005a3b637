//! `std::num`, and the methods of integers and floats.

use crate::cmp::Ordering;
use crate::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign, Mul, MulAssign, Neg,
    Not, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign,
};

/// The traits of all numbers.
macro_rules! numbers {
    ($($number:ident $error:ident)*) => {$(
        impl Clone for $number {}
        impl Copy for $number {}
        impl Default for $number {}
        impl PartialEq for $number {}
        impl PartialOrd for $number {}
        impl crate::fmt::Debug for $number {}
        impl crate::fmt::Display for $number {}
        impl crate::fmt::LowerExp for $number {}
        impl crate::str::FromStr for $number {
            type Err = $error;
        }
        impl crate::iter::Sum for $number {}
        impl crate::iter::Sum<&$number> for $number {}
        impl crate::iter::Product for $number {}
        impl crate::iter::Product<&$number> for $number {}
        impl Add for $number {
            type Output = $number;
        }
        impl Sub for $number {
            type Output = $number;
        }
        impl Mul for $number {
            type Output = $number;
        }
        impl Div for $number {
            type Output = $number;
        }
        impl Rem for $number {
            type Output = $number;
        }
        impl Add<&$number> for $number {
            type Output = $number;
        }
        impl Sub<&$number> for $number {
            type Output = $number;
        }
        impl Mul<&$number> for $number {
            type Output = $number;
        }
        impl Div<&$number> for $number {
            type Output = $number;
        }
        impl Rem<&$number> for $number {
            type Output = $number;
        }
        impl AddAssign for $number {}
        impl SubAssign for $number {}
        impl MulAssign for $number {}
        impl DivAssign for $number {}
        impl RemAssign for $number {}
    )*};
}

numbers! {
    u8 ParseIntError
    u16 ParseIntError
    u32 ParseIntError
    u64 ParseIntError
    u128 ParseIntError
    usize ParseIntError
    i8 ParseIntError
    i16 ParseIntError
    i32 ParseIntError
    i64 ParseIntError
    i128 ParseIntError
    isize ParseIntError
    f32 ParseFloatError
    f64 ParseFloatError
}

/// The methods and traits of all integers.
macro_rules! integers {
    ($($int:ident $unsigned:ident $signed:ident $len:literal)*) => {$(
        impl $int {
            pub const MIN: $int = 0;
            pub const MAX: $int = 0;
            pub const BITS: u32 = 0;
            pub fn from_str_radix(text: &str, radix: u32) -> Result<$int, ParseIntError> {}
            pub fn count_ones(self) -> u32 {}
            pub fn count_zeros(self) -> u32 {}
            pub fn leading_zeros(self) -> u32 {}
            pub fn trailing_zeros(self) -> u32 {}
            pub fn leading_ones(self) -> u32 {}
            pub fn trailing_ones(self) -> u32 {}
            pub fn rotate_left(self, n: u32) -> $int {}
            pub fn rotate_right(self, n: u32) -> $int {}
            pub fn swap_bytes(self) -> $int {}
            pub fn reverse_bits(self) -> $int {}
            pub fn from_be(x: $int) -> $int {}
            pub fn from_le(x: $int) -> $int {}
            pub fn to_be(self) -> $int {}
            pub fn to_le(self) -> $int {}
            pub fn checked_add(self, other: $int) -> Option<$int> {}
            pub fn checked_add_signed(self, other: $signed) -> Option<$int> {}
            pub fn checked_sub(self, other: $int) -> Option<$int> {}
            pub fn checked_mul(self, other: $int) -> Option<$int> {}
            pub fn checked_div(self, other: $int) -> Option<$int> {}
            pub fn checked_rem(self, other: $int) -> Option<$int> {}
            pub fn checked_neg(self) -> Option<$int> {}
            pub fn checked_shl(self, n: u32) -> Option<$int> {}
            pub fn checked_shr(self, n: u32) -> Option<$int> {}
            pub fn checked_pow(self, exponent: u32) -> Option<$int> {}
            pub fn checked_next_power_of_two(self) -> Option<$int> {}
            pub fn saturating_add(self, other: $int) -> $int {}
            pub fn saturating_add_signed(self, other: $signed) -> $int {}
            pub fn saturating_sub(self, other: $int) -> $int {}
            pub fn saturating_mul(self, other: $int) -> $int {}
            pub fn saturating_pow(self, exponent: u32) -> $int {}
            pub fn wrapping_add(self, other: $int) -> $int {}
            pub fn wrapping_sub(self, other: $int) -> $int {}
            pub fn wrapping_mul(self, other: $int) -> $int {}
            pub fn wrapping_div(self, other: $int) -> $int {}
            pub fn wrapping_rem(self, other: $int) -> $int {}
            pub fn wrapping_neg(self) -> $int {}
            pub fn wrapping_shl(self, n: u32) -> $int {}
            pub fn wrapping_shr(self, n: u32) -> $int {}
            pub fn wrapping_pow(self, exponent: u32) -> $int {}
            pub fn overflowing_add(self, other: $int) -> ($int, bool) {}
            pub fn overflowing_sub(self, other: $int) -> ($int, bool) {}
            pub fn overflowing_mul(self, other: $int) -> ($int, bool) {}
            pub fn pow(self, exponent: u32) -> $int {}
            pub fn isqrt(self) -> $int {}
            pub fn div_euclid(self, other: $int) -> $int {}
            pub fn rem_euclid(self, other: $int) -> $int {}
            pub fn div_ceil(self, other: $int) -> $int {}
            pub fn next_multiple_of(self, other: $int) -> $int {}
            pub fn is_multiple_of(self, other: $int) -> bool {}
            pub fn midpoint(self, other: $int) -> $int {}
            pub fn ilog(self, base: $int) -> u32 {}
            pub fn ilog2(self) -> u32 {}
            pub fn ilog10(self) -> u32 {}
            pub fn checked_ilog2(self) -> Option<u32> {}
            pub fn checked_ilog10(self) -> Option<u32> {}
            pub fn abs_diff(self, other: $int) -> $unsigned {}
            pub fn is_power_of_two(self) -> bool {}
            pub fn next_power_of_two(self) -> $int {}
            pub fn abs(self) -> $int {}
            pub fn unsigned_abs(self) -> $unsigned {}
            pub fn signum(self) -> $int {}
            pub fn is_positive(self) -> bool {}
            pub fn is_negative(self) -> bool {}
            pub fn checked_abs(self) -> Option<$int> {}
            pub fn wrapping_abs(self) -> $int {}
            pub fn saturating_abs(self) -> $int {}
            pub fn saturating_neg(self) -> $int {}
            pub fn cast_signed(self) -> $signed {}
            pub fn cast_unsigned(self) -> $unsigned {}
            pub fn to_be_bytes(self) -> [u8; $len] {}
            pub fn to_le_bytes(self) -> [u8; $len] {}
            pub fn to_ne_bytes(self) -> [u8; $len] {}
            pub fn from_be_bytes(bytes: [u8; $len]) -> $int {}
            pub fn from_le_bytes(bytes: [u8; $len]) -> $int {}
            pub fn from_ne_bytes(bytes: [u8; $len]) -> $int {}
            pub fn min_value() -> $int {}
            pub fn max_value() -> $int {}
        }

        impl Eq for $int {}
        impl Ord for $int {}
        impl crate::hash::Hash for $int {}
        impl crate::fmt::LowerHex for $int {}
        impl crate::fmt::UpperHex for $int {}
        impl crate::fmt::Octal for $int {}
        impl crate::fmt::Binary for $int {}
        impl crate::iter::Step for $int {}
        impl Not for $int {
            type Output = $int;
        }
        impl BitAnd for $int {
            type Output = $int;
        }
        impl BitOr for $int {
            type Output = $int;
        }
        impl BitXor for $int {
            type Output = $int;
        }
        impl<R> Shl<R> for $int {
            type Output = $int;
        }
        impl<R> Shr<R> for $int {
            type Output = $int;
        }
        impl BitAndAssign for $int {}
        impl BitOrAssign for $int {}
        impl BitXorAssign for $int {}
        impl<R> ShlAssign<R> for $int {}
        impl<R> ShrAssign<R> for $int {}
        impl From<bool> for $int {}
        impl From<NonZero<$int>> for $int {}
        impl TryFrom<u8> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<u16> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<u32> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<u64> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<u128> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<usize> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<i8> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<i16> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<i32> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<i64> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<i128> for $int {
            type Error = TryFromIntError;
        }
        impl TryFrom<isize> for $int {
            type Error = TryFromIntError;
        }
    )*};
}

integers! {
    u8 u8 i8 1
    u16 u16 i16 2
    u32 u32 i32 4
    u64 u64 i64 8
    u128 u128 i128 16
    usize usize isize 8
    i8 u8 i8 1
    i16 u16 i16 2
    i32 u32 i32 4
    i64 u64 i64 8
    i128 u128 i128 16
    isize usize isize 8
}

/// The conversions that lose nothing.
macro_rules! conversions {
    ($($from:ident $to:ident)*) => {$(
        impl From<$from> for $to {}
    )*};
}

conversions! {
    u8 u16 u8 u32 u8 u64 u8 u128 u8 usize u8 i16 u8 i32 u8 i64 u8 i128 u8 isize
    u16 u32 u16 u64 u16 u128 u16 usize u16 i32 u16 i64 u16 i128
    u32 u64 u32 u128 u32 i64 u32 i128
    u64 u128 u64 i128
    i8 i16 i8 i32 i8 i64 i8 i128 i8 isize
    i16 i32 i16 i64 i16 i128 i16 isize
    i32 i64 i32 i128
    i64 i128
    u8 f32 u16 f32 i8 f32 i16 f32
    u8 f64 u16 f64 u32 f64 i8 f64 i16 f64 i32 f64 f32 f64
    char u32 char u64 char u128
}

impl u8 {
    pub fn is_ascii(&self) -> bool {}
    pub fn to_ascii_uppercase(&self) -> u8 {}
    pub fn to_ascii_lowercase(&self) -> u8 {}
    pub fn eq_ignore_ascii_case(&self, other: &u8) -> bool {}
    pub fn make_ascii_uppercase(&mut self) {}
    pub fn make_ascii_lowercase(&mut self) {}
    pub fn is_ascii_alphabetic(&self) -> bool {}
    pub fn is_ascii_uppercase(&self) -> bool {}
    pub fn is_ascii_lowercase(&self) -> bool {}
    pub fn is_ascii_alphanumeric(&self) -> bool {}
    pub fn is_ascii_digit(&self) -> bool {}
    pub fn is_ascii_hexdigit(&self) -> bool {}
    pub fn is_ascii_punctuation(&self) -> bool {}
    pub fn is_ascii_graphic(&self) -> bool {}
    pub fn is_ascii_whitespace(&self) -> bool {}
    pub fn is_ascii_control(&self) -> bool {}
    pub fn escape_ascii(self) -> crate::ascii::EscapeDefault {}
}

/// The methods and traits of floats.
macro_rules! floats {
    ($($float:ident $bits:ident $len:literal)*) => {$(
        impl $float {
            pub const MIN: $float = 0.0;
            pub const MIN_POSITIVE: $float = 0.0;
            pub const MAX: $float = 0.0;
            pub const EPSILON: $float = 0.0;
            pub const INFINITY: $float = 0.0;
            pub const NEG_INFINITY: $float = 0.0;
            pub const NAN: $float = 0.0;
            pub fn is_nan(self) -> bool {}
            pub fn is_infinite(self) -> bool {}
            pub fn is_finite(self) -> bool {}
            pub fn is_normal(self) -> bool {}
            pub fn is_sign_positive(self) -> bool {}
            pub fn is_sign_negative(self) -> bool {}
            pub fn classify(self) -> FpCategory {}
            pub fn floor(self) -> $float {}
            pub fn ceil(self) -> $float {}
            pub fn round(self) -> $float {}
            pub fn trunc(self) -> $float {}
            pub fn fract(self) -> $float {}
            pub fn abs(self) -> $float {}
            pub fn signum(self) -> $float {}
            pub fn copysign(self, sign: $float) -> $float {}
            pub fn mul_add(self, a: $float, b: $float) -> $float {}
            pub fn div_euclid(self, other: $float) -> $float {}
            pub fn rem_euclid(self, other: $float) -> $float {}
            pub fn powi(self, n: i32) -> $float {}
            pub fn powf(self, n: $float) -> $float {}
            pub fn sqrt(self) -> $float {}
            pub fn cbrt(self) -> $float {}
            pub fn exp(self) -> $float {}
            pub fn exp2(self) -> $float {}
            pub fn exp_m1(self) -> $float {}
            pub fn ln(self) -> $float {}
            pub fn ln_1p(self) -> $float {}
            pub fn log(self, base: $float) -> $float {}
            pub fn log2(self) -> $float {}
            pub fn log10(self) -> $float {}
            pub fn hypot(self, other: $float) -> $float {}
            pub fn sin(self) -> $float {}
            pub fn cos(self) -> $float {}
            pub fn tan(self) -> $float {}
            pub fn asin(self) -> $float {}
            pub fn acos(self) -> $float {}
            pub fn atan(self) -> $float {}
            pub fn atan2(self, other: $float) -> $float {}
            pub fn sin_cos(self) -> ($float, $float) {}
            pub fn sinh(self) -> $float {}
            pub fn cosh(self) -> $float {}
            pub fn tanh(self) -> $float {}
            pub fn asinh(self) -> $float {}
            pub fn acosh(self) -> $float {}
            pub fn atanh(self) -> $float {}
            pub fn recip(self) -> $float {}
            pub fn to_degrees(self) -> $float {}
            pub fn to_radians(self) -> $float {}
            pub fn max(self, other: $float) -> $float {}
            pub fn min(self, other: $float) -> $float {}
            pub fn clamp(self, min: $float, max: $float) -> $float {}
            pub fn total_cmp(&self, other: &$float) -> Ordering {}
            pub fn to_bits(self) -> $bits {}
            pub fn from_bits(bits: $bits) -> $float {}
            pub fn to_be_bytes(self) -> [u8; $len] {}
            pub fn to_le_bytes(self) -> [u8; $len] {}
            pub fn to_ne_bytes(self) -> [u8; $len] {}
            pub fn from_be_bytes(bytes: [u8; $len]) -> $float {}
            pub fn from_le_bytes(bytes: [u8; $len]) -> $float {}
            pub fn from_ne_bytes(bytes: [u8; $len]) -> $float {}
        }
    )*};
}

floats! {
    f32 u32 4
    f64 u64 8
}

/// The types with a negation.
macro_rules! signed {
    ($($number:ident)*) => {$(
        impl Neg for $number {
            type Output = $number;
        }
    )*};
}

signed! { i8 i16 i32 i64 i128 isize f32 f64 }

pub enum FpCategory {
    Nan,
    Infinite,
    Zero,
    Subnormal,
    Normal,
}

impl PartialEq for FpCategory {}

pub struct NonZero<T> {}

impl<T> NonZero<T> {
    pub const MIN: NonZero<T> = 0;
    pub const MAX: NonZero<T> = 0;
    pub fn new(value: T) -> Option<NonZero<T>> {}
    pub unsafe fn new_unchecked(value: T) -> NonZero<T> {}
    pub fn get(self) -> T {}
    pub fn checked_add(self, other: T) -> Option<NonZero<T>> {}
    pub fn saturating_add(self, other: T) -> NonZero<T> {}
    pub fn checked_mul(self, other: NonZero<T>) -> Option<NonZero<T>> {}
    pub fn leading_zeros(self) -> u32 {}
    pub fn trailing_zeros(self) -> u32 {}
    pub fn is_power_of_two(self) -> bool {}
    pub fn ilog2(self) -> u32 {}
}

impl<T> Clone for NonZero<T> {}
impl<T> Copy for NonZero<T> {}
impl<T> PartialEq for NonZero<T> {}
impl<T> Eq for NonZero<T> {}
impl<T> PartialOrd for NonZero<T> {}
impl<T> Ord for NonZero<T> {}
impl<T> crate::hash::Hash for NonZero<T> {}
impl<T> crate::fmt::Debug for NonZero<T> {}
impl<T> crate::fmt::Display for NonZero<T> {}
impl<T> crate::str::FromStr for NonZero<T> {
    type Err = ParseIntError;
}
impl<T> TryFrom<T> for NonZero<T> {
    type Error = TryFromIntError;
}

pub type NonZeroU8 = NonZero<u8>;
pub type NonZeroU16 = NonZero<u16>;
pub type NonZeroU32 = NonZero<u32>;
pub type NonZeroU64 = NonZero<u64>;
pub type NonZeroU128 = NonZero<u128>;
pub type NonZeroUsize = NonZero<usize>;
pub type NonZeroI8 = NonZero<i8>;
pub type NonZeroI16 = NonZero<i16>;
pub type NonZeroI32 = NonZero<i32>;
pub type NonZeroI64 = NonZero<i64>;
pub type NonZeroI128 = NonZero<i128>;
pub type NonZeroIsize = NonZero<isize>;

pub struct Wrapping<T>(pub T);

impl<T: Clone> Clone for Wrapping<T> {}
impl<T: Copy> Copy for Wrapping<T> {}
impl<T: Default> Default for Wrapping<T> {}
impl<T: PartialEq> PartialEq for Wrapping<T> {}
impl<T> Add for Wrapping<T> {
    type Output = Wrapping<T>;
}
impl<T> Sub for Wrapping<T> {
    type Output = Wrapping<T>;
}
impl<T> Mul for Wrapping<T> {
    type Output = Wrapping<T>;
}

pub struct Saturating<T>(pub T);

impl<T: Clone> Clone for Saturating<T> {}

pub struct ParseIntError {}

impl ParseIntError {
    pub fn kind(&self) -> &IntErrorKind {}
}

impl Clone for ParseIntError {}
impl PartialEq for ParseIntError {}
impl crate::fmt::Debug for ParseIntError {}
impl crate::fmt::Display for ParseIntError {}
impl crate::error::Error for ParseIntError {}

pub enum IntErrorKind {
    Empty,
    InvalidDigit,
    PosOverflow,
    NegOverflow,
    Zero,
}

impl Clone for IntErrorKind {}
impl PartialEq for IntErrorKind {}
impl crate::fmt::Debug for IntErrorKind {}

pub struct ParseFloatError {}

impl Clone for ParseFloatError {}
impl PartialEq for ParseFloatError {}
impl crate::fmt::Debug for ParseFloatError {}
impl crate::fmt::Display for ParseFloatError {}
impl crate::error::Error for ParseFloatError {}

pub struct TryFromIntError {}

impl Clone for TryFromIntError {}
impl Copy for TryFromIntError {}
impl PartialEq for TryFromIntError {}
impl crate::fmt::Debug for TryFromIntError {}
impl crate::fmt::Display for TryFromIntError {}
impl crate::error::Error for TryFromIntError {}
impl From<crate::convert::Infallible> for TryFromIntError {}
