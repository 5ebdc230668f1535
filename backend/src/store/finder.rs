//! Finding anything by a few folded words: the best few people, groups and numbers.
//!
//! A text that contains something can only be found by reading all of them. So what is read is an index that holds the
//! texts (`teams_user_found`, and the uniqueness of `e164`), and the rows of the few best follow.

use std::collections::HashSet;

use domain::{
    finder::{FoundBy, FoundGroup, MOST_OF_A_KIND},
    ids::SmsGroupId,
    number::PhoneNumberRef,
    table::phone_needles,
    teams_user::TeamsUserRef,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{CaseStatement, Condition, Expr, LikeExpr},
};
use uuid::Uuid;

use super::{in_order, number, teams_user::reference};
use crate::{
    access::EnterpriseScope,
    entities::{phone_number, sms_group, sms_group_member, teams_user},
};

/// How many people are found: more than are shown, because their groups are found by them.
const MOST_PEOPLE: usize = 20;

/// When more numbers than these contain what is looked for, the best ones are looked for by how well they fit: to rank
/// all of a hundred thousand takes longer than to find them.
const MOST_RANKED: usize = 200;

/// Words beyond these do not narrow the answer any more.
const MOST_WORDS: usize = 8;

/// A group with the person that it was found by.
type GroupOfPerson = (Uuid, String, Uuid);

/// The people in whose name or sign-in name each word of `search` is, best first.
pub(crate) async fn people(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    search: &str,
) -> Result<Vec<TeamsUserRef>, DbErr> {
    let name = teams_user::Column::DisplayNameSearch;
    let sign_in = teams_user::Column::UserPrincipalNameSearch;
    let either = |pattern: LikeExpr| {
        Condition::any()
            .add(name.like(pattern.clone()))
            .add(sign_in.like(pattern))
    };
    let exactly = Condition::any().add(name.eq(search)).add(sign_in.eq(search));
    let rank = rank([
        exactly,
        either(like("", search, "%")),
        Condition::all().add(name.like(like("% ", search, "%"))),
    ]);
    let best: Vec<Uuid> = of_people(scope)
        .filter(each_word(search, either))
        .order_by_asc(rank)
        .order_by_asc(name)
        .order_by_asc(teams_user::Column::Id)
        .limit(MOST_PEOPLE as u64)
        .select_only()
        .column(teams_user::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let rows = of_people(scope)
        .filter(teams_user::Column::Id.is_in(best.iter().copied()))
        .all(db)
        .await?;
    in_order(&best, rows, |row| row.id).into_iter().map(reference).collect()
}

/// The groups in whose name each word of `search` is, best first; then those that one of `people` owns, then those that
/// one of them is in.
pub(crate) async fn groups(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    search: &str,
    people: &[TeamsUserRef],
) -> Result<Vec<FoundGroup>, DbErr> {
    let mut found = groups_by_name(db, scope, search).await?;
    if found.len() < MOST_OF_A_KIND && !people.is_empty() {
        let name_of = |id: Uuid| {
            let person = people.iter().find(|person| person.id.0 == id);
            person.map(|person| person.display_name.clone()).unwrap_or_default()
        };
        let owned = groups_of_owners(db, scope, people).await?;
        let joined = groups_of_members(db, scope, people).await?;
        let mut seen: HashSet<SmsGroupId> = found.iter().map(|group| group.id).collect();
        let owned = owned
            .into_iter()
            .map(|(id, name, owner)| (id, name, FoundBy::Owner(name_of(owner))));
        let joined = joined
            .into_iter()
            .map(|(id, name, member)| (id, name, FoundBy::Member(name_of(member))));
        for (id, name, by) in owned.chain(joined) {
            let id = SmsGroupId(id);
            if seen.insert(id) {
                found.push(FoundGroup { id, name, by });
            }
        }
    }
    found.truncate(MOST_OF_A_KIND);
    Ok(found)
}

/// The numbers that contain what is typed in `search`, if that looks like a part of a number: the number itself first,
/// then those that end with it, then those that begin with it. What begins with a plus is looked for at the front alone.
pub(crate) async fn numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    search: &str,
) -> Result<Vec<PhoneNumberRef>, DbErr> {
    let needles = digits_of(search);
    if needles.is_empty() {
        return Ok(Vec::new());
    }
    let best = if search.starts_with('+') {
        let begins = needles.iter().map(|digits| begins_with(digits));
        ascending(db, scope, begins.fold(Condition::any(), Condition::add), MOST_OF_A_KIND).await?
    } else {
        best_numbers(db, scope, &needles).await?
    };
    let mut found = number::reading(db, scope, &best).await?;
    found.sort_by_key(|number| {
        let text = number.e164.to_string();
        best.iter().position(|best| *best == text)
    });
    Ok(found)
}

/// The numbers that contain one of `needles`, best first. Where they are many, not all of them are ranked: the first
/// ones of each rank are enough.
async fn best_numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    needles: &[String],
) -> Result<Vec<String>, DbErr> {
    let like =
        |before: &str, digits: &String, after: &str| phone_number::Column::E164.like(like(before, digits, after));
    let contains = needles.iter().map(|digits| like("%", digits, "%"));
    let contains = contains.fold(Condition::any(), Condition::add);
    let mut found = ascending(db, scope, contains, MOST_RANKED + 1).await?;
    if found.len() > MOST_RANKED {
        found.truncate(MOST_OF_A_KIND);
        for digits in needles {
            let ends = Condition::all().add(like("%", digits, ""));
            found.extend(ascending(db, scope, ends, MOST_OF_A_KIND).await?);
            found.extend(ascending(db, scope, begins_with(digits), MOST_OF_A_KIND).await?);
        }
    }
    found.sort_by_cached_key(|number| (rank_of(number, needles), number.clone()));
    found.dedup();
    found.truncate(MOST_OF_A_KIND);
    Ok(found)
}

/// How well a number fits: the lower, the better.
fn rank_of(number: &str, needles: &[String]) -> usize {
    let fits = needles.iter().flat_map(|digits| {
        let first = number
            .strip_prefix('+')
            .is_some_and(|number| number.starts_with(digits));
        let last = number.ends_with(digits);
        [first && number.len() == digits.len() + 1, last, first]
    });
    let mut fits = fits.chain([true]);
    fits.position(|fits| fits).unwrap_or_default()
}

/// The first numbers that fulfil a condition, ascending.
async fn ascending(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    condition: Condition,
    most: usize,
) -> Result<Vec<String>, DbErr> {
    phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(condition)
        .order_by_asc(phone_number::Column::E164)
        .limit(most as u64)
        .select_only()
        .column(phone_number::Column::E164)
        .into_tuple()
        .all(db)
        .await
}

/// Numbers that begin with these digits, which an index finds.
fn begins_with(digits: &str) -> Condition {
    let e164 = phone_number::Column::E164;
    // The sign after the digits.
    let end = format!("+{digits}:");
    Condition::all().add(e164.gte(format!("+{digits}"))).add(e164.lt(end))
}

/// What to look for in the digits of numbers. Two zeros at the front are the beginning of an international number, or
/// the last digits of one.
fn digits_of(search: &str) -> Vec<String> {
    let mut needles = phone_needles(search);
    if search.starts_with("00") && !needles.is_empty() {
        needles.insert(0, search.chars().filter(char::is_ascii_digit).collect());
    }
    needles
}

fn of_people(scope: &EnterpriseScope) -> Select<teams_user::Entity> {
    teams_user::Entity::find().filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
}

fn of_groups(scope: &EnterpriseScope) -> Select<sms_group::Entity> {
    sms_group::Entity::find().filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
}

async fn groups_by_name(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    search: &str,
) -> Result<Vec<FoundGroup>, DbErr> {
    let name = sms_group::Column::NameSearch;
    let rank = rank([
        Condition::all().add(name.eq(search)),
        Condition::all().add(name.like(like("", search, "%"))),
        Condition::all().add(name.like(like("% ", search, "%"))),
    ]);
    let rows: Vec<(Uuid, String)> = of_groups(scope)
        .filter(each_word(search, |pattern| Condition::all().add(name.like(pattern))))
        .order_by_asc(rank)
        .order_by_asc(name)
        .order_by_asc(sms_group::Column::Id)
        .limit(MOST_OF_A_KIND as u64)
        .select_only()
        .column(sms_group::Column::Id)
        .column(sms_group::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    let found = |(id, name): (Uuid, String)| FoundGroup {
        id: SmsGroupId(id),
        name,
        by: FoundBy::Name,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// The groups that these people own, in the order of the people.
async fn groups_of_owners(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    people: &[TeamsUserRef],
) -> Result<Vec<GroupOfPerson>, DbErr> {
    let owner = sms_group::Column::OwnerId;
    of_groups(scope)
        .filter(owner.is_in(ids_of(people)))
        .order_by_asc(rank(ids_of(people).map(|id| Condition::all().add(owner.eq(id)))))
        .order_by_asc(sms_group::Column::NameSearch)
        .order_by_asc(sms_group::Column::Id)
        .limit((2 * MOST_OF_A_KIND) as u64)
        .select_only()
        .column(sms_group::Column::Id)
        .column(sms_group::Column::Name)
        .column(owner)
        .into_tuple()
        .all(db)
        .await
}

/// The groups that these people are in, in the order of the people; once for each of them.
async fn groups_of_members(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    people: &[TeamsUserRef],
) -> Result<Vec<GroupOfPerson>, DbErr> {
    let member = sms_group_member::Column::TeamsUserId;
    of_groups(scope)
        .join(
            JoinType::InnerJoin,
            sms_group::Entity::belongs_to(sms_group_member::Entity)
                .from(sms_group::Column::Id)
                .to(sms_group_member::Column::SmsGroupId)
                .into(),
        )
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(member.is_in(ids_of(people)))
        .order_by_asc(rank(ids_of(people).map(|id| Condition::all().add(member.eq(id)))))
        .order_by_asc(sms_group::Column::NameSearch)
        .order_by_asc(sms_group::Column::Id)
        .limit((2 * MOST_OF_A_KIND * MOST_PEOPLE) as u64)
        .select_only()
        .column(sms_group::Column::Id)
        .column(sms_group::Column::Name)
        .column(member)
        .into_tuple()
        .all(db)
        .await
}

fn ids_of(people: &[TeamsUserRef]) -> impl Iterator<Item = Uuid> {
    people.iter().map(|person| person.id.0)
}

/// Each of the words of `search` fulfils what `contains` makes of its pattern.
fn each_word(search: &str, contains: impl Fn(LikeExpr) -> Condition) -> Condition {
    let words = search.split(' ').take(MOST_WORDS);
    words
        .map(|word| contains(like("%", word, "%")))
        .fold(Condition::all(), Condition::add)
}

/// The place of the first of `conditions` that holds; one more than there are where none does.
fn rank(conditions: impl IntoIterator<Item = Condition>) -> Expr {
    let none = (CaseStatement::new(), 0_i32);
    let (places, last) = conditions.into_iter().fold(none, |(places, place), condition| {
        (places.case(condition, Expr::value(place)), place + 1)
    });
    places.finally(Expr::value(last)).into()
}

/// A LIKE pattern in which `text` stands for itself.
fn like(before: &str, text: &str, after: &str) -> LikeExpr {
    // Not the backslash, which PostgreSQL and drivers may read once more.
    let escaped = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    LikeExpr::new(format!("{before}{escaped}{after}")).escape('!')
}
