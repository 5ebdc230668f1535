//! What needs an admin's attention in an enterprise, in a few counts.

use serde::{Deserialize, Serialize};

use crate::{alert::AlertList, task::TaskRow};

/// How many domains are in one state, and how many of the enterprise's numbers that concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffectedDomains {
    /// Domains.
    pub domains: u32,
    /// Numbers on them.
    pub numbers: u32,
}

/// The health of an enterprise at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthSummary {
    /// Domains whose subscription has ended: messages to their numbers do not arrive.
    pub expired: AffectedDomains,
    /// Domains whose subscription ends soon.
    pub expiring: AffectedDomains,
    /// Numbers that can do SMS and belong to nobody.
    pub free_numbers: u32,
    /// Numbers that belong to nobody, whatever they can do.
    pub unassigned_numbers: u32,
    /// Groups in which no message reaches anybody.
    pub unreachable_groups: u32,
    /// Changes that connectors do not know of yet; none where changes are live at once.
    pub pending_changes: Option<u64>,
    /// The sync that was asked for last; none where changes are live at once.
    pub last_sync: Option<TaskRow>,
    /// What is wrong with domains and carrier profiles.
    pub alerts: AlertList,
}
