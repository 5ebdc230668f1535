//! The Dashboard with its tasks.

use domain::{enterprise::EnterpriseSlug, ids::TaskId};

/// The health of an enterprise and its tasks.
#[must_use]
pub fn dashboard(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/dashboard")
}

/// A dialog of the Dashboard; it has an address, so that Back closes it and a link opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskDialog {
    /// Everything about a task.
    Details(TaskId),
    /// The question whether to try a failed task again.
    Retry(TaskId),
}

impl TaskDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id?.parse().ok()?;
        match dialog? {
            "task" => Some(Self::Details(id)),
            "retry" => Some(Self::Retry(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Details(id) => format!("dialog=task&id={id}"),
            Self::Retry(id) => format!("dialog=retry&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_about_a_task_survives_the_address() {
        let id: TaskId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for dialog in [TaskDialog::Details(id), TaskDialog::Retry(id)] {
            let text = dialog.parameters();
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            assert_eq!(
                TaskDialog::from_parameters(parameter("dialog"), parameter("id")),
                Some(dialog)
            );
        }
    }
}
