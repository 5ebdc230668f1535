//! One try: the job in a task of its own, kept alive by heartbeats, and what is written down about its end.

use std::{any::Any, future::pending, sync::Mutex};

use domain::{
    access::{Action, Resource},
    ids::RequestId,
};
use tokio::{
    sync::watch,
    task::{JoinError, JoinHandle},
    time::{MissedTickBehavior, interval},
};

use super::{
    JobError, Runner, Work,
    backoff::{self, MOST_ATTEMPTS},
};
use crate::{
    access::authorize,
    context::{Actor, OpContext},
    services::session,
    store::task::queue::{self, Claim, Ending, Lease},
};

/// Who does what nobody has asked for, or whose asker is gone.
const RUNNER: &str = "task runner";
/// What a person reads about a fault of ours; the log has the cause.
const FAULT: &str = "Something went wrong on our side while the task ran.";
/// What a person reads when the database failed.
const NO_DATABASE: &str = "The portal's database did not answer.";

/// How a try ended.
enum Outcome {
    /// The job has written its result.
    Done,
    /// It has not, for this reason.
    Error(JobError),
    /// It broke down, with this message.
    Panicked(String),
    /// The server stops.
    CutOff,
}

/// A job that is running; it ends with this value.
struct Attempt(JoinHandle<Result<(), JobError>>);

impl Drop for Attempt {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Runner {
    /// Tries a task once and writes down how that ended. Gives it back when `cut` says so.
    pub(super) async fn work_on(self, claim: Claim, mut cut: watch::Receiver<bool>) {
        let (lease, attempts, started_at) = (claim.lease.clone(), claim.attempts, claim.started_at);
        tracing::info!(task = %lease.task, kind = claim.kind.as_str(), attempts, "a task begins");
        let outcome = match self.prepare(claim).await {
            Ok(work) => self.attend(work, &lease, &mut cut).await,
            Err(error) => Outcome::Error(error),
        };
        self.backend.told_progress().forget(lease.task);
        let Some(ending) = self.ending(&lease, attempts, outcome) else {
            return;
        };
        match queue::end(self.backend.database(), &lease, ending, started_at, self.clock.now()).await {
            Ok(true) => {}
            Ok(false) => tracing::info!(task = %lease.task, "somebody else has the task by now"),
            // The lease runs out, and the task is taken up again.
            Err(error) => tracing::warn!(task = %lease.task, %error, "the end of a task could not be written"),
        }
    }

    async fn prepare(&self, claim: Claim) -> Result<Work, JobError> {
        let system = OpContext {
            actor: Actor::System(RUNNER),
            request_id: RequestId(claim.lease.task.0),
            now: claim.started_at,
            peer: None,
        };
        let backend = &self.backend;
        let scope = authorize(&system, backend, &claim.enterprise, Action::Update, Resource::Task).await?;
        let starter = match claim.started_by {
            Some(account) => session::asked_earlier(&system, backend, account).await?,
            None => None,
        };
        let actor = starter.map_or(Actor::System(RUNNER), |person| Actor::Account(person.into()));
        Ok(Work {
            backend: backend.clone(),
            context: OpContext { actor, ..system },
            scope,
            claim,
            clock: self.clock.clone(),
            lease_time: self.lease_time(),
            told: Mutex::new(None),
        })
    }

    /// Runs the job until it ends, loses its lease, or is cut off.
    async fn attend(&self, work: Work, lease: &Lease, cut: &mut watch::Receiver<bool>) -> Outcome {
        let job = (self.jobs)(work.kind());
        let mut attempt = Attempt(tokio::spawn(async move { job.run(&work).await.map(drop) }));
        let outcome = tokio::select! {
            biased;
            ended = &mut attempt.0 => return Outcome::of(ended, Outcome::CutOff),
            () = self.keep(lease) => Outcome::Error(JobError::LeaseLost),
            () = cut_off(cut) => Outcome::CutOff,
        };
        attempt.0.abort();
        // Only then are its transactions over, and may another one begin.
        Outcome::of((&mut attempt.0).await, outcome)
    }

    /// Keeps the task for as long as the job runs; ends when somebody else has it.
    async fn keep(&self, lease: &Lease) {
        let mut beat = interval(self.settings.lease / 3);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first one comes at once, when the claim is still fresh.
        beat.tick().await;
        loop {
            beat.tick().await;
            match queue::extend(self.backend.database(), lease, self.until()).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(task = %lease.task, %error, "a heartbeat could not be written"),
            }
        }
    }

    /// What to write down; nothing where the job has done so, or has nothing to say any more.
    fn ending(&self, lease: &Lease, attempts: u32, outcome: Outcome) -> Option<Ending> {
        let task = lease.task;
        let error = match outcome {
            Outcome::Done => {
                tracing::info!(%task, "a task is done");
                return None;
            }
            Outcome::CutOff => {
                tracing::info!(%task, "a task is given back");
                return Some(Ending::GivenBack);
            }
            Outcome::Panicked(message) => {
                tracing::error!(%task, cause = message.as_str(), "a job panicked");
                return Some(Ending::Failed(FAULT.to_owned()));
            }
            Outcome::Error(error) => error,
        };
        tracing::warn!(%task, %error, "a try of a task failed");
        match error {
            JobError::LeaseLost => None,
            JobError::Hopeless(reason) => Some(Ending::Failed(reason)),
            JobError::Again(reason) => Some(self.again(attempts, reason)),
            JobError::Database(error) if crate::error::is_busy(&error) => {
                Some(self.again(attempts, NO_DATABASE.to_owned()))
            }
            JobError::Database(_) => Some(self.again(attempts, FAULT.to_owned())),
        }
    }

    fn again(&self, attempts: u32, reason: String) -> Ending {
        if attempts >= MOST_ATTEMPTS {
            return Ending::Failed(reason);
        }
        Ending::Again(self.clock.now() + backoff::delay(attempts, rand::random()), reason)
    }
}

impl Outcome {
    /// How the job ended; `aborted` if it was not left the time to.
    fn of(ended: Result<Result<(), JobError>, JoinError>, aborted: Self) -> Self {
        match ended {
            Ok(Ok(())) => Self::Done,
            Ok(Err(error)) => Self::Error(error),
            Err(broken) => match broken.try_into_panic() {
                Ok(panic) => Self::Panicked(message(panic.as_ref()).to_owned()),
                Err(_) => aborted,
            },
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// Waits until tasks are cut off.
async fn cut_off(cut: &mut watch::Receiver<bool>) {
    let nobody_will = cut.wait_for(|cut| *cut).await.is_err();
    if nobody_will {
        pending::<()>().await;
    }
}
