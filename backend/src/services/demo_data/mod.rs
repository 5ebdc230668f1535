//! Demo content: two enterprises that differ in every switch, for trying the portal out and for its browser tests.
//!
//! The content is the same every time, down to the ids, apart from dates, which are relative to the moment it is made.

mod carriers;
mod content;
mod names;
mod published;

use domain::{access::Role, account::EmailAddress, error::Error};

pub use self::carriers::connect;
use crate::{
    Backend,
    context::{Actor, OpContext},
    error::internal,
    services::session::password_fault,
    store,
};

/// One sign-in of the demo content.
#[derive(Clone, Copy, Debug)]
pub struct DemoSignIn {
    /// The e-mail address.
    pub email: &'static str,
    /// The person's name.
    pub display_name: &'static str,
    /// The password; known to everybody, which is why demo content belongs on no real server.
    pub password: &'static str,
    /// What the person is, and in which enterprises (by name in addresses); at none for the provider's admin.
    pub at: &'static [(&'static str, Role)],
}

/// Who can sign in to the demo content.
pub const SIGN_INS: [DemoSignIn; 6] = [
    DemoSignIn {
        email: "provider@northwind-voice.example",
        display_name: "Priya Raman",
        password: "provider-demo-password",
        at: &[],
    },
    DemoSignIn {
        email: "admin@alderclinics.example",
        display_name: "Amara Okafor",
        password: "alder-admin-demo-password",
        at: &[(ALDER, Role::EnterpriseAdmin)],
    },
    DemoSignIn {
        email: "viewer@alderclinics.example",
        display_name: "Victor Lindqvist",
        password: "alder-viewer-demo-password",
        at: &[(ALDER, Role::EnterpriseViewer)],
    },
    DemoSignIn {
        email: "admin@borealisfreight.example",
        display_name: "Bela Novak",
        password: "borealis-admin-demo-password",
        at: &[(BOREALIS, Role::EnterpriseAdmin)],
    },
    DemoSignIn {
        email: "viewer@borealisfreight.example",
        display_name: "Vera Castillo",
        password: "borealis-viewer-demo-password",
        at: &[(BOREALIS, Role::EnterpriseViewer)],
    },
    DemoSignIn {
        email: "both@northwind-voice.example",
        display_name: "Quinn Abara",
        password: "both-admin-demo-password",
        at: &[(ALDER, Role::EnterpriseAdmin), (BOREALIS, Role::EnterpriseAdmin)],
    },
];

/// Manages its own numbers on NetSapiens, unified app, everything on.
pub const ALDER: &str = "alder-clinics";
/// Managed by its provider, legacy app, everything off but SMS.
pub const BOREALIS: &str = "borealis-freight";

/// How much to make for the first enterprise.
#[derive(Clone, Copy, Debug)]
pub struct DemoSize {
    /// SMS groups.
    pub groups: usize,
    /// Teams users.
    pub users: usize,
    /// Phone numbers.
    pub numbers: usize,
}

impl Default for DemoSize {
    fn default() -> Self {
        Self {
            groups: 34,
            users: 124,
            numbers: 168,
        }
    }
}

/// What filling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The database was empty and holds the demo content now.
    Now,
    /// It held the demo content already; nothing was changed.
    Already,
    /// It holds something else; nothing was changed.
    NotEmpty,
}

/// Fills an empty database with demo content, in one transaction.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::Unavailable`] or [`Error::Internal`] when the database
/// fails; nothing is left behind then.
pub async fn fill(ctx: &OpContext, backend: &Backend, size: DemoSize) -> Result<Filled, Error> {
    if !matches!(ctx.actor, Actor::System(_)) {
        return Err(Error::Forbidden {
            action: domain::access::Action::Create,
            resource: domain::access::Resource::Enterprise,
        });
    }
    if let Some(found) = already(ctx, backend).await? {
        return Ok(found);
    }
    let hashes = hashes(ctx, backend).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    content::write(&db, ctx.now, size, &hashes).await.map_err(failed)?;
    published::write(&db, ctx).await?;
    db.commit().await.map_err(failed)?;
    Ok(Filled::Now)
}

async fn already(ctx: &OpContext, backend: &Backend) -> Result<Option<Filled>, Error> {
    let failed = |error| internal(ctx, error);
    let email = EmailAddress::parse(SIGN_INS[0].email).map_err(|error| Error::invalid("email", error.to_string()))?;
    let known = store::account::credentials(backend.database(), &email)
        .await
        .map_err(failed)?;
    if known.is_some() {
        return Ok(Some(Filled::Already));
    }
    let any = store::account::any(backend.database()).await.map_err(failed)?;
    Ok(any.then_some(Filled::NotEmpty))
}

/// The hashes of all passwords, in the order of [`SIGN_INS`]; side by side, since each takes a while on purpose.
async fn hashes(ctx: &OpContext, backend: &Backend) -> Result<Vec<String>, Error> {
    let hashing: Vec<_> = SIGN_INS
        .iter()
        .map(|sign_in| {
            let passwords = backend.passwords().clone();
            tokio::spawn(async move { passwords.hash(sign_in.password.to_owned()).await })
        })
        .collect();
    let mut hashes = Vec::with_capacity(hashing.len());
    for hash in hashing {
        let hash = hash
            .await
            .map_err(|error| crate::error::fault(ctx, "hashing a demo password was cut short", &error))?;
        hashes.push(hash.map_err(|error| password_fault(ctx, &error))?);
    }
    Ok(hashes)
}
