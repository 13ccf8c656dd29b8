//! IndexedDB: texts by name, each with a revision, so that two tabs never overwrite each other.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const DATABASE: &str = "manifest-studio";
const STORE: &str = "kept";

/// Why something was not kept or not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The browser offers no storage here (private mode, a policy).
    Missing,
    /// The browser's quota is used up.
    Full,
    /// Another tab has written since; nothing was overwritten. Its revision.
    Newer(u32),
    /// Anything else, in the browser's words.
    Failed(String),
}

/// A text as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub revision: u32,
    pub text: String,
}

/// An open database.
#[derive(Clone)]
pub struct Storage {
    database: IdbDatabase,
}

impl Storage {
    pub async fn open() -> Result<Storage, StorageError> {
        let factory = web_sys::window().and_then(|w| w.indexed_db().ok().flatten()).ok_or(StorageError::Missing)?;
        let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1).map_err(|_| StorageError::Missing)?;
        let opening = request.clone();
        let create = Closure::once_into_js(move || {
            if let Ok(database) = opening.result().map(JsValue::unchecked_into::<IdbDatabase>) {
                // Fails only when it is there already.
                let _ = database.create_object_store(STORE);
            }
        });
        request.set_onupgradeneeded(Some(create.unchecked_ref()));
        let database: IdbDatabase = done(&request).await?.unchecked_into();
        // A later version of the page may want to change the database: do not stand in its way.
        let closing = database.clone();
        database.set_onversionchange(Some(Closure::once_into_js(move || closing.close()).unchecked_ref()));
        Ok(Storage { database })
    }

    /// What was kept under `name`.
    pub async fn get(&self, name: &str) -> Result<Option<Kept>, StorageError> {
        let (_, store) = self.store(IdbTransactionMode::Readonly)?;
        let value = done(&store.get(&name.into()).map_err(error)?).await?;
        Ok(kept(&value))
    }

    /// All names, sorted.
    pub async fn names(&self) -> Result<Vec<String>, StorageError> {
        let (_, store) = self.store(IdbTransactionMode::Readonly)?;
        let keys = done(&store.get_all_keys().map_err(error)?).await?;
        Ok(Array::from(&keys).iter().filter_map(|key| key.as_string()).collect())
    }

    /// Keeps `text` under `name` when what is there has the revision `after` (0 when nothing is). The new revision.
    pub async fn put(&self, name: &str, after: u32, text: &str) -> Result<u32, StorageError> {
        let (transaction, store) = self.store(IdbTransactionMode::Readwrite)?;
        let there = kept(&done(&store.get(&name.into()).map_err(error)?).await?);
        let found = there.map_or(0, |kept| kept.revision);
        if found != after {
            return Err(StorageError::Newer(found));
        }
        let value = Object::new();
        let revision = after.wrapping_add(1);
        let _ = Reflect::set(&value, &"revision".into(), &revision.into());
        let _ = Reflect::set(&value, &"text".into(), &text.into());
        store.put_with_key(&value, &name.into()).map_err(error)?;
        committed(&transaction).await?;
        Ok(revision)
    }

    pub async fn delete(&self, name: &str) -> Result<(), StorageError> {
        let (transaction, store) = self.store(IdbTransactionMode::Readwrite)?;
        store.delete(&name.into()).map_err(error)?;
        committed(&transaction).await
    }

    fn store(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), StorageError> {
        let transaction = self.database.transaction_with_str_and_mode(STORE, mode).map_err(error)?;
        let store = transaction.object_store(STORE).map_err(error)?;
        Ok((transaction, store))
    }
}

fn kept(value: &JsValue) -> Option<Kept> {
    let field = |name: &str| Reflect::get(value, &name.into()).ok();
    let text = field("text")?.as_string()?;
    Some(Kept { revision: field("revision")?.as_f64()? as u32, text })
}

async fn done(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result().map_err(error),
        Err(_) => Err(request.error().ok().flatten().map_or(StorageError::Missing, |e| named(&e))),
    }
}

async fn committed(transaction: &IdbTransaction) -> Result<(), StorageError> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or_else(|| StorageError::Failed(String::new()), |e| named(&e))),
    }
}

fn error(value: JsValue) -> StorageError {
    match value.dyn_ref::<DomException>() {
        Some(exception) => named(exception),
        None => StorageError::Failed(super::words(&value)),
    }
}

fn named(exception: &DomException) -> StorageError {
    match exception.name().as_str() {
        "QuotaExceededError" => StorageError::Full,
        "SecurityError" | "InvalidStateError" => StorageError::Missing,
        _ => StorageError::Failed(exception.message()),
    }
}
