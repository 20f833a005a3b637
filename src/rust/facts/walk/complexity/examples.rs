// Functions and what they count. The numbers in the line before each stand for (cyclomatic,
// cognitive).

// Campbell's white paper, "An illustration of the problem": the same cyclomatic complexity, not the
// same effort to read.

// 4 7
fn sum_of_primes(max: u32) -> u32 {
    let mut total = 0;
    'out: for i in 1..=max {
        for j in 2..i {
            if i % j == 0 {
                continue 'out;
            }
        }
        total += i;
    }
    total
}

// 4 1
fn words(number: u32) -> &'static str {
    match number {
        1 => "one",
        2 => "a couple",
        3 => "a few",
        _ => "lots",
    }
}

// The paper, "Increment for nested flow break structures"; its `catch` is an `if let` here.

// 6 9
fn nesting() {
    let tried = attempt(|| ());
    if condition1 {
        for i in 0..10 {
            while condition2 {}
        }
    }
    if let Err(_) = tried {
        if condition2 {}
    }
}

// 2 2
fn lambda() {
    let run = || {
        if condition1 {}
    };
}

// The paper, "Sequences of logical operators".

// 7 4
fn sequences() {
    if a && b && c || d || e && f {}
}

// 4 3
fn negated_sequence() {
    if a && !(b && c) {}
}

// Appendix C of the paper, each with its structure and its total.

impl Class {
    // 10 19
    fn overridden_symbol_from(&self, class: &Type) -> Option<Symbol> {
        if class.is_unknown() {
            return UNKNOWN;
        }
        let mut unknown_found = false;
        for symbol in class.lookup(self.name) {
            if symbol.is_method() && !symbol.is_static() {
                if self.can_override(symbol) {
                    let overriding = self.check(symbol, class);
                    if overriding.is_none() {
                        if !unknown_found {
                            unknown_found = true;
                        }
                    } else if overriding == Some(true) {
                        return Some(symbol);
                    }
                }
            }
        }
        if unknown_found {
            return UNKNOWN;
        }
        None
    }
}

// The paper's 20, and one for the `else` that Rust has in place of a ternary operator.
// 12 21
fn to_regexp(pattern: &[char], separator: &str) -> String {
    let mut regexp = String::new();
    let mut i = if starts(pattern, '/') || starts(pattern, '\\') { 1 } else { 0 };
    while i < pattern.len() {
        let c = pattern[i];
        if special(c) {
            regexp.push(c);
        } else if c == '*' {
            if i + 1 < pattern.len() && pattern[i + 1] == '*' {
                if i + 2 < pattern.len() && is_slash(pattern[i + 2]) {
                    i += 2;
                } else {
                    i += 1;
                }
            } else {
                regexp.push_str(separator);
            }
        } else if c == '?' {
            regexp.push('.');
        } else if is_slash(c) {
            regexp.push('/');
        } else {
            regexp.push(c);
        }
        i += 1;
    }
    regexp
}

// Constructs of Rust that the papers do not cover.

// 1 0
fn nothing() {}

// 3 0
fn early_returns(text: &str) -> Result<u32, Error> {
    Ok(parse(text)? + parse(text)?)
}

// 2 1
fn let_else(given: Option<u32>) -> u32 {
    let Some(found) = given else { return 0 };
    found
}

// 3 3
fn let_else_nests(given: Option<u32>) -> u32 {
    let Some(found) = given else {
        if late {
            return 1;
        }
        return 0;
    };
    found
}

// 4 2
fn guards(n: i32) -> i32 {
    match n {
        n if n < 0 => 0,
        1 | 2 | 3 => 1,
        _ => 2,
    }
}

// 3 3
fn guard_with_operators(n: i32) -> i32 {
    match n {
        n if n < 0 && n > -9 => 0,
    }
}

// 2 3
fn endless() {
    loop {
        if done() {
            break;
        }
    }
}

// 4 3
fn chain(given: Option<u32>) {
    if let Some(n) = given && n > 3 && true {
    } else {
    }
}

// 1 0
async fn blocks() {
    unsafe { call() };
    async { wait().await }.await
}

// 3 2
fn separate_sequences() {
    let x = a && b;
    let y = c && d;
}

// 3 2
fn arguments_are_separate() {
    call(a && b, c && d)
}

// 5 3
fn parentheses_are_no_break() {
    let x = (a && (b && c)) || !((d || e));
}

// 3 3
fn in_macro_arguments() {
    assert!(a && b, "{}", if a { 1 } else { 2 });
}

// 2 3
fn factorial(n: u64) -> u64 {
    if n == 0 { 1 } else { n * factorial(n - 1) }
}

// 1 0
fn shadowed(shadowed: fn()) {
    shadowed()
}

impl Tree {
    // 2 3
    fn depth(&self) -> u32 {
        if let Some(rest) = self.rest() { 1 } else { self.depth() }
    }

    // 1 0
    fn size(&self) -> u32 {
        self.inner.size() + size()
    }

    // 1 1
    fn new() -> Self {
        Self::new()
    }
}

trait Shape {
    // 1 0
    fn area(&self) -> f64 {
        0.0
    }

    fn without_a_body(&self);
}

// 2 1
fn outer() {
    // 2 1
    fn inner() {
        if a {}
    }
    if b {
        // 2 1
        fn innermost() {
            if c {}
        }
        inner()
    }
}

// 4 8
fn closures_nest() {
    list.map(|x| if x { 1 } else { y.map(|z| while z {}) });
    if x {}
}

const NOT_A_FUNCTION: u32 = if A && B { 1 } else { 2 };

// 3 4
fn labelled() {
    'a: {
        if b {
            break 'a;
        }
        for c in d {
            break 'a;
        }
    }
}
