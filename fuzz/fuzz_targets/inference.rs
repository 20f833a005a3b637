//! See `archlint_fuzz::TARGETS`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| archlint_fuzz::run("inference", bytes));

// Half of the mutations are libFuzzer's own; the others respect the boundaries of tokens.
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    if seed % 2 == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, max);
    }
    let changed = archlint_fuzz::changed_rust(&data[..size], u64::from(seed));
    let len = changed.len().min(max);
    data[..len].copy_from_slice(&changed[..len]);
    len
});
