//! Somebody who leaves, and what is decided about what they hold.

use backend::{
    context::OpContext,
    services::{sms_group, teams_user},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::TimeDelta;
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    teams_user::{GroupDecision, GroupFate, OffboardInput, TeamsUser},
};

/// Ada, who leaves: she owns Desk (with Bo and herself), is alone in Lobby, which Bo owns, and one of two in Night Shift
/// of Bo. One number is hers, one is Lobby's.
pub(crate) struct Leaving {
    pub(crate) portal: TestPortal,
    pub(crate) clinic: TestEnterprise,
    pub(crate) ada: TeamsUserId,
    pub(crate) bo: TeamsUserId,
    pub(crate) desk: SmsGroupId,
    pub(crate) lobby: SmsGroupId,
    pub(crate) night: SmsGroupId,
    pub(crate) own: PhoneNumberId,
    pub(crate) of_lobby: PhoneNumberId,
    pub(crate) before: TeamsUser,
    pub(crate) admin: OpContext,
}

/// The same on a database of its own.
pub(crate) async fn leaving(engine: Engine) -> Leaving {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let own = clinic.number("+12065550100").of_user(ada).insert().await;
    let of_lobby = clinic.number("+12065550101").insert().await;
    let desk = clinic.group("Desk", ada).members([ada, bo]).insert().await;
    let lobby = clinic
        .group("Lobby", bo)
        .members([ada])
        .numbers([of_lobby])
        .insert()
        .await;
    let night = clinic.group("Night Shift", bo).members([ada, bo]).insert().await;
    let admin = clinic.admin().await;
    let before = teams_user::get(&admin, portal.backend(), clinic.slug(), ada)
        .await
        .unwrap();
    Leaving {
        portal,
        clinic,
        ada,
        bo,
        desk,
        lobby,
        night,
        own,
        of_lobby,
        before,
        admin,
    }
}

impl Leaving {
    /// Desk goes to Bo; Lobby becomes what is said; the number goes to whom is said.
    pub(crate) fn decided(&self, lobby: GroupFate, numbers_to: Option<TeamsUserId>) -> OffboardInput {
        let fate = |id: SmsGroupId| match id {
            id if id == self.desk => GroupFate::HandOver { to: self.bo },
            id if id == self.lobby => lobby,
            _ => GroupFate::Leave,
        };
        decisions(&self.before, fate, numbers_to)
    }

    pub(crate) fn handed_over(&self) -> OffboardInput {
        self.decided(GroupFate::HandOver { to: self.bo }, None)
    }

    /// Who is in the group now.
    pub(crate) async fn members(&self, of: SmsGroupId) -> Vec<TeamsUserId> {
        let group = sms_group::get(&self.admin, self.portal.backend(), self.clinic.slug(), of).await;
        group.unwrap().members.iter().map(|member| member.id).collect()
    }
}

pub(crate) fn decisions(
    user: &TeamsUser,
    fate: impl Fn(SmsGroupId) -> GroupFate,
    numbers_to: Option<TeamsUserId>,
) -> OffboardInput {
    OffboardInput {
        number_ids: user.number_ids(),
        groups: user
            .groups
            .iter()
            .map(|group| GroupDecision {
                id: group.id,
                version: group.version,
                fate: Some(fate(group.id)),
            })
            .collect(),
        numbers_to,
    }
}

/// The same person some time after.
pub(crate) fn later(ctx: &OpContext, by: TimeDelta) -> OpContext {
    OpContext {
        now: ctx.now + by,
        ..ctx.clone()
    }
}

pub(crate) fn phone(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
}
