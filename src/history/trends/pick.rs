//! Which commits of a line are looked at.

use crate::base::day::Day;

/// Which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choice {
    /// One of each period only.
    pub every: Option<Every>,
    /// None older than this, in seconds of UTC.
    pub since: Option<i64>,
    /// At most so many, the newest.
    pub most: Option<usize>,
}

/// A period of time, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday.
    Week,
    /// As the calendar has it.
    Month,
}

/// The places of those chosen among commits that were committed at `times`, the newest first, in the same order. Of a period it
/// is the last commit that stands for it; clocks that go wrong put a commit into the period of the one that came after it.
pub fn pick(times: &[i64], choice: Choice) -> Vec<usize> {
    let mut last = None;
    let mut stands = |time: i64| {
        let Some(every) = choice.every else { return true };
        let period = every.period(time);
        let earlier = last.as_ref().is_none_or(|last| period < *last);
        if earlier {
            last = Some(period);
        }
        earlier
    };
    let recent =
        times.iter().enumerate().filter(|(_, time)| choice.since.is_none_or(|since| **time >= since));
    let chosen = recent.filter(|(_, time)| stands(**time)).map(|(at, _)| at);
    chosen.take(choice.most.unwrap_or(usize::MAX)).collect()
}

impl Every {
    /// Periods order as time does.
    fn period(self, time: i64) -> (i64, String) {
        let days = time.div_euclid(86_400);
        match self {
            Self::Day => (days, String::new()),
            // The beginning of 1970 was a Thursday.
            Self::Week => ((days + 3).div_euclid(7), String::new()),
            Self::Month => {
                let day = Day::of_unix_time(time.try_into().unwrap_or_default()).to_string();
                (0, day.get(..7).unwrap_or_default().to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str, hour: i64) -> i64 {
        Day::parse(day).expect("a day").unix_time() + hour * 3_600
    }

    fn picked(times: &[i64], every: Option<Every>) -> Vec<usize> {
        pick(times, Choice { every, ..Choice::default() })
    }

    #[test]
    fn the_last_of_each_period() {
        let times = [
            at("2024-03-04", 0),  // a Monday
            at("2024-03-03", 23), // the Sunday before it
            at("2024-03-03", 1),
            at("2024-03-01", 0),
            at("2024-02-29", 23),
            at("2024-02-25", 12), // another Sunday
        ];
        assert_eq!(picked(&times, None), [0, 1, 2, 3, 4, 5]);
        assert_eq!(picked(&times, Some(Every::Day)), [0, 1, 3, 4, 5]);
        assert_eq!(picked(&times, Some(Every::Week)), [0, 1, 5]);
        assert_eq!(picked(&times, Some(Every::Month)), [0, 4]);
    }

    #[test]
    fn a_clock_that_is_wrong_makes_no_new_period() {
        let times = [at("2024-03-02", 0), at("2024-04-01", 0), at("2024-03-02", 0), at("2024-03-01", 0)];
        assert_eq!(picked(&times, Some(Every::Day)), [0, 3]);
    }

    #[test]
    fn the_newest_since() {
        let times = [at("2024-03-04", 0), at("2024-03-03", 0), at("2024-03-02", 0)];
        let since = Some(at("2024-03-03", 0));
        assert_eq!(pick(&times, Choice { since, ..Choice::default() }), [0, 1]);
        assert_eq!(pick(&times, Choice { most: Some(1), ..Choice::default() }), [0]);
        assert_eq!(pick(&times, Choice { every: Some(Every::Week), since, most: Some(9) }), [0, 1]);
    }
}
