//! Which fields of a group two people changed at the same time, and whether they meet in them.

use super::{GroupChange, SmsGroup, SmsGroupInput, distinct};

/// A field of the group dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupField {
    /// The name.
    Name,
    /// The owner.
    Owner,
    /// The members.
    Members,
    /// The numbers.
    Numbers,
}

/// Who made a field other than it was when the dialog was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedBy {
    /// Only the person of the dialog.
    You,
    /// Only somebody else, who has saved.
    Them,
    /// Both, to the same.
    BothAlike,
    /// Both, to something else each.
    BothDifferently,
}

/// A field that is not as it was when the dialog was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedField {
    /// Which one.
    pub field: GroupField,
    /// Whose change it is.
    pub by: ChangedBy,
    /// What was saved; empty where only the person of the dialog changed it.
    pub theirs: Vec<GroupChange>,
}

/// The fields that differ from `base`, in the order of the dialog: in `mine`, which is not saved yet, or in `current`,
/// which somebody else has saved.
#[must_use]
pub fn changed_fields(base: &SmsGroup, mine: &SmsGroupInput, current: &SmsGroup) -> Vec<ChangedField> {
    let (old, theirs) = (base.input(), current.input());
    let changes = GroupChange::between(base, current);
    let all = [
        GroupField::Name,
        GroupField::Owner,
        GroupField::Members,
        GroupField::Numbers,
    ];
    let changed = all.into_iter().filter_map(|field| {
        let by = match (field.is_alike(mine, &old), field.is_alike(&theirs, &old)) {
            (true, true) => return None,
            (false, true) => ChangedBy::You,
            (true, false) => ChangedBy::Them,
            (false, false) if field.is_alike(mine, &theirs) => ChangedBy::BothAlike,
            (false, false) => ChangedBy::BothDifferently,
        };
        Some(ChangedField {
            field,
            by,
            theirs: changes
                .iter()
                .filter(|change| change.field() == field)
                .cloned()
                .collect(),
        })
    });
    changed.collect()
}

impl GroupField {
    /// Whether both say the same here, whatever the order.
    fn is_alike(self, these: &SmsGroupInput, those: &SmsGroupInput) -> bool {
        match self {
            Self::Name => these.keeps_name_of(those),
            Self::Owner => these.owner_id == those.owner_id,
            Self::Members => distinct(&these.member_ids) == distinct(&those.member_ids),
            Self::Numbers => distinct(&these.number_ids) == distinct(&those.number_ids),
        }
    }
}

impl GroupChange {
    /// The field that it is in.
    #[must_use]
    pub fn field(&self) -> GroupField {
        match self {
            Self::Renamed { .. } => GroupField::Name,
            Self::NewOwner { .. } => GroupField::Owner,
            Self::MemberAdded { .. } | Self::MemberRemoved { .. } => GroupField::Members,
            Self::NumberAdded { .. } | Self::NumberRemoved { .. } => GroupField::Numbers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{group, user},
        *,
    };

    /// Who changed what, where the dialog was opened with Sales of person 1 with the members 1 and 2.
    fn told(mine: impl FnOnce(&mut SmsGroupInput), current: &SmsGroup) -> Vec<(GroupField, ChangedBy)> {
        let base = group("Sales", 1, &[1, 2]);
        let mut input = base.input();
        mine(&mut input);
        let fields = changed_fields(&base, &input, current);
        fields.into_iter().map(|changed| (changed.field, changed.by)).collect()
    }

    #[test]
    fn what_nobody_changed_is_not_told() {
        let mine = |input: &mut SmsGroupInput| {
            input.name = " Sales ".to_owned();
            input.member_ids.reverse();
        };
        assert!(told(mine, &group("Sales", 1, &[1, 2])).is_empty());
    }

    #[test]
    fn changes_in_different_fields_do_not_meet() {
        let mine = |input: &mut SmsGroupInput| input.owner_id = Some(user(2));
        assert_eq!(
            told(mine, &group("Sales West", 1, &[1, 2])),
            [(GroupField::Name, ChangedBy::Them), (GroupField::Owner, ChangedBy::You)]
        );
    }

    #[test]
    fn the_same_field_with_different_values_is_changed_by_both() {
        let mine = |input: &mut SmsGroupInput| {
            input.name = "Sales East".to_owned();
            input.owner_id = Some(user(2));
            input.member_ids.push(user(3));
        };
        assert_eq!(
            told(mine, &group("Sales West", 3, &[1, 2, 4])),
            [GroupField::Name, GroupField::Owner, GroupField::Members].map(|field| (field, ChangedBy::BothDifferently))
        );
    }

    #[test]
    fn the_same_field_with_the_same_value_is_told_so() {
        let mine = |input: &mut SmsGroupInput| {
            input.name = "Sales West ".to_owned();
            input.member_ids = vec![user(3), user(1)];
        };
        assert_eq!(
            told(mine, &group("Sales West", 1, &[1, 3])),
            [GroupField::Name, GroupField::Members].map(|field| (field, ChangedBy::BothAlike))
        );
    }

    #[test]
    fn each_field_has_what_they_saved_in_it() {
        let base = group("Sales", 1, &[1, 2]);
        let fields = changed_fields(&base, &base.input(), &group("Sales", 2, &[1, 3]));
        let theirs: Vec<usize> = fields.iter().map(|changed| changed.theirs.len()).collect();
        assert_eq!(theirs, [1, 2]);
    }
}
