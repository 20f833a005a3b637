//! The root of the standard library. `core` and `alloc` are other names of it. Each file beside
//! this one is a module.

/// The modules with the constants of numbers.
macro_rules! constants {
    ($($number:ident)*) => {$(
        pub mod $number {
            pub const MIN: $number = 0;
            pub const MAX: $number = 0;
        }
    )*};
}

constants! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

/// The modules with the constants of floats.
macro_rules! constants_of_floats {
    ($($float:ident)*) => {$(
        pub mod $float {
            pub const MIN: $float = 0.0;
            pub const MIN_POSITIVE: $float = 0.0;
            pub const MAX: $float = 0.0;
            pub const EPSILON: $float = 0.0;
            pub const INFINITY: $float = 0.0;
            pub const NEG_INFINITY: $float = 0.0;
            pub const NAN: $float = 0.0;

            pub mod consts {
                pub const E: $float = 0.0;
                pub const FRAC_1_PI: $float = 0.0;
                pub const FRAC_1_SQRT_2: $float = 0.0;
                pub const FRAC_2_PI: $float = 0.0;
                pub const FRAC_PI_2: $float = 0.0;
                pub const FRAC_PI_3: $float = 0.0;
                pub const FRAC_PI_4: $float = 0.0;
                pub const FRAC_PI_6: $float = 0.0;
                pub const FRAC_PI_8: $float = 0.0;
                pub const LN_10: $float = 0.0;
                pub const LN_2: $float = 0.0;
                pub const LOG10_E: $float = 0.0;
                pub const LOG2_E: $float = 0.0;
                pub const PI: $float = 0.0;
                pub const SQRT_2: $float = 0.0;
                pub const TAU: $float = 0.0;
            }
        }
    )*};
}

constants_of_floats! { f32 f64 }
