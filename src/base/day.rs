//! Calendar days, for expiry dates.

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

/// A day of the Gregorian calendar. Days are ordered chronologically.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

const DAYS_OF_400_YEARS: u64 = 146_097;
/// The number of days from the beginning of the year 0 to that of 1970.
const DAYS_BEFORE_1970: i64 = 719_528;

impl Day {
    /// Parses a day in the form `2027-01-31`; returns `None` if `text` has another form or there is
    /// no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let shape =
            |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return None;
        }
        let day = Self {
            year: text[..4].parse().ok()?,
            month: text[5..7].parse().ok()?,
            day: text[8..].parse().ok()?,
        };
        let exists = (1..=12).contains(&day.month) && (1..=length(day.year, day.month)).contains(&day.day);
        exists.then_some(day)
    }

    /// Returns the day, in UTC, that contains the moment `seconds` after the beginning of 1970.
    /// Moments after the year 9999 map to its last day.
    pub fn of_unix_time(seconds: u64) -> Self {
        let mut days = seconds / 86_400;
        let mut year = 1970 + days / DAYS_OF_400_YEARS * 400;
        days %= DAYS_OF_400_YEARS;
        if year > 9_999 {
            return Self { year: 9_999, month: 12, day: 31 };
        }
        while days >= days_of(year) {
            days -= days_of(year);
            year += 1;
        }
        let (year, mut month) = (year.min(9_999) as u16, 1);
        while days >= u64::from(length(year, month)) {
            days -= u64::from(length(year, month));
            month += 1;
        }
        Self { year, month, day: days as u8 + 1 }
    }

    /// Returns the first second of the day in UTC, counted from the beginning of 1970; negative for
    /// earlier days.
    pub fn unix_time(self) -> i64 {
        let years = (0..u64::from(self.year)).map(days_of).sum::<u64>();
        let months: u64 = (1..self.month).map(|month| u64::from(length(self.year, month))).sum();
        let days = years + months + u64::from(self.day) - 1;
        (days as i64 - DAYS_BEFORE_1970) * 86_400
    }

    /// Returns the current day in UTC, by the system clock.
    pub fn today() -> Self {
        Self::of_unix_time(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year.into()) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_read() {
        for good in ["2027-01-31", "2028-02-29", "2000-02-29", "0000-02-29"] {
            assert_eq!(Day::parse(good).map(|d| d.to_string()).as_deref(), Some(good));
        }
        for bad in
            ["2027-02-29", "1900-02-29", "2027-13-01", "2027-00-01", "2027-01-00", "2027-04-31", "2027-1-01"]
        {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        for bad in ["", "2027-01-311", "+027-01-31", "２０２７-01", "tomorrow"] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        assert!(Day::parse("2026-12-31") < Day::parse("2027-01-01"));
    }

    #[test]
    fn days_become_seconds() {
        for seconds in [0, 951_782_400, 1_709_251_200, 4_102_358_400, 13_574_563_200] {
            assert_eq!(Day::of_unix_time(seconds).unix_time(), seconds as i64);
        }
        assert_eq!(Day::parse("1969-12-31").map(Day::unix_time), Some(-86_400));
    }

    #[test]
    fn seconds_become_days() {
        // The expected values are from `date -u -d @SECONDS +%F`.
        let known = [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_709_251_199, "2024-02-29"),
            (1_709_251_200, "2024-03-01"),
            (4_102_444_799, "2099-12-31"),
            (13_574_563_200, "2400-02-29"),
            (u64::MAX, "9999-12-31"),
        ];
        for (seconds, day) in known {
            assert_eq!(Day::of_unix_time(seconds).to_string(), day);
        }
    }
}
