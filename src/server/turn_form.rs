//! What the form of a turn says.

use chrono::{Days, NaiveDate};

use crate::domain::profile::MAX_NOTE;
use crate::domain::queue::{AGAIN, AGAIN_ON, Step, TurnForm};
use crate::domain::text;

/// What a turn's form says: what is done, what is noted, and when to try again.
pub(super) type Said = (Step, Option<String>, Option<NaiveDate>);

/// Reads a form; else says what is wrong with it.
pub(super) fn read(form: &TurnForm, today: NaiveDate) -> Result<Said, String> {
    let step = Step::parse(&form.step).ok_or("Say what came of it.")?;
    let note = Some(text::clean_lines(&form.note)).filter(|note| !note.is_empty());
    if note.as_ref().is_some_and(|note| note.chars().nth(MAX_NOTE).is_some()) {
        return Err(format!("The note is longer than {MAX_NOTE} characters."));
    }
    let again_on = match (step, form.again.as_str()) {
        (Step::Contacted(_), AGAIN_ON) => Some(again_on(form.on.trim(), today)?),
        (_, choice) => {
            let days = AGAIN.iter().find(|(value, _)| *value == choice);
            let days = days.and_then(|(value, _)| value.parse().ok());
            days.map(|days| today + Days::new(days))
        }
    };
    Ok((step, note, again_on))
}

/// Reads the day on which to try again.
fn again_on(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    if typed.is_empty() {
        return Err("Choose the day on which to try again.".to_owned());
    }
    let day: NaiveDate = typed.parse().map_err(|_| format!("“{typed}” is no day."))?;
    if day <= today || day > today + Days::new(366) {
        return Err(format!("“{typed}” is not within a year from tomorrow."));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(step: &str, again: &str, on: &str, note: &str) -> TurnForm {
        let owned = str::to_owned;
        TurnForm {
            step: owned(step),
            again: owned(again),
            on: owned(on),
            note: owned(note),
            ..TurnForm::default()
        }
    }

    #[test]
    fn a_turn_says_what_was_done_and_when_to_try_again() {
        let today: NaiveDate = "2026-11-30".parse().unwrap();
        let again =
            |again, on| read(&form("no_answer", again, on, ""), today).map(|(.., day)| day.map(|day| day.to_string()));
        assert_eq!(
            again("", "2026-12-24").unwrap(),
            None,
            "a day counts only where it is chosen"
        );
        assert_eq!(again("3", "").unwrap().as_deref(), Some("2026-12-03"));
        assert_eq!(again("on", " 2026-12-24 ").unwrap().as_deref(), Some("2026-12-24"));
        for (day, said) in [
            ("", "Choose the day"),
            ("soon", "“soon” is no day"),
            ("2026-11-30", "“2026-11-30”"),
            ("2027-12-02", "“2027-12-02”"),
        ] {
            assert!(again("on", day).unwrap_err().contains(said), "{day}");
        }
        assert!(read(&form("", "", "", ""), today).is_err());
        assert!(read(&form("reached", "", "", &"x".repeat(4_001)), today).is_err());
        let (step, note, _) = read(&form("skip", "on", "", " Mornings \n"), today).unwrap();
        assert_eq!((step, note.as_deref()), (Step::Skip, Some("Mornings")));
    }
}
