//! How values travel inside of the document, from the server's rendering to the browser.

use std::{any::Any, convert::Infallible, marker::PhantomData, pin::Pin, sync::Arc};

use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::AppError,
    server_fns::wire::{self, Garbled},
};

/// The form of the answers of server functions, which Leptos puts into the document as text.
pub(crate) struct SentAlong;

impl<T: Serialize> Encoder<T> for SentAlong {
    type Error = Garbled;
    type Encoded = Vec<u8>;

    fn encode(value: &T) -> Result<Vec<u8>, Garbled> {
        wire::write(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for SentAlong {
    type Error = Garbled;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<T, Garbled> {
        wire::read(bytes)
    }
}

/// What a page asks for while it is rendered: the answer travels along in the document, and the browser asks for it anew
/// when it should. It is a `Resource` that does not know the type of its value, since all of a resource is compiled again
/// for each type.
pub(crate) struct Sent<T> {
    resource: Resource<Carried, Carrier>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Sent<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Sent<T> {}

impl<T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static> Sent<T> {
    /// Asks with `ask`.
    pub(crate) fn new<F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        let ask = move || -> Asking {
            let answer = ask();
            Box::pin(async move { Carried::Answered(Arc::new(answer.await)) })
        };
        Self {
            resource: carried(Box::new(ask)),
            of: PhantomData,
        }
    }

    /// The answer, as soon as it is there.
    pub(crate) async fn read(self) -> Result<T, AppError> {
        match self.resource.await {
            Carried::Written(bytes) => wire::read(&bytes).unwrap_or(Err(AppError::NotUnderstood)),
            Carried::Answered(answer) => {
                let answer: &dyn Any = &*answer;
                let answer = answer.downcast_ref::<Result<T, AppError>>();
                answer.cloned().unwrap_or(Err(AppError::NotUnderstood))
            }
        }
    }

    /// Asks anew.
    pub(crate) fn refetch(self) {
        self.resource.refetch();
    }
}

type Asking = Pin<Box<dyn Future<Output = Carried> + Send>>;

fn carried(ask: Box<dyn Fn() -> Asking + Send + Sync>) -> Resource<Carried, Carrier> {
    Resource::new_with_options(|| (), move |()| ask(), false)
}

#[derive(Clone)]
enum Carried {
    /// As it stands in the document.
    Written(Arc<[u8]>),
    /// As it was answered.
    Answered(Arc<dyn Answer>),
}

trait Answer: Any + Send + Sync {
    /// As it shall stand in the document.
    #[cfg(feature = "ssr")]
    fn written(&self) -> Result<Vec<u8>, Garbled>;
}

impl<T: Serialize + Send + Sync + 'static> Answer for T {
    #[cfg(feature = "ssr")]
    fn written(&self) -> Result<Vec<u8>, Garbled> {
        wire::write(self)
    }
}

/// The form of [`SentAlong`], read by whoever knows the type.
struct Carrier;

impl Encoder<Carried> for Carrier {
    type Error = Garbled;
    type Encoded = Vec<u8>;

    fn encode(value: &Carried) -> Result<Vec<u8>, Garbled> {
        match value {
            Carried::Written(bytes) => Ok(bytes.to_vec()),
            #[cfg(feature = "ssr")]
            Carried::Answered(answer) => (**answer).written(),
            // Only the server writes documents.
            #[cfg(not(feature = "ssr"))]
            Carried::Answered(_) => Ok(Vec::new()),
        }
    }
}

impl Decoder<Carried> for Carrier {
    type Error = Infallible;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<Carried, Infallible> {
        Ok(Carried::Written(bytes.into()))
    }
}
