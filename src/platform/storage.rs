//! IndexedDB: by workspace a snapshot, records behind it, and the number of the last write. Every write looks at
//! that number in its own transaction, so that two tabs never overwrite each other.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

const DATABASE: &str = "manifest-studio";
/// By name: `{seq, snapshot?}`.
const HEADS: &str = "workspaces";
/// By `[name, seq]`: the text of a record.
const RECORDS: &str = "records";

/// Why something was not kept or not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The browser offers no storage here (private mode, a policy).
    Missing,
    /// The browser's quota is used up.
    Full,
    /// Another tab has written since; nothing was overwritten.
    Newer,
    /// Anything else, in the browser's words.
    Failed(String),
}

/// What is kept under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub snapshot: Option<String>,
    pub records: Vec<String>,
    pub seq: u64,
}

/// What a write does.
pub enum Put<'a> {
    /// This record goes behind the others.
    Record(&'a str),
    /// This takes the place of the snapshot and of all records.
    Snapshot(&'a str),
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
                let _ = database.create_object_store(HEADS);
                let _ = database.create_object_store(RECORDS);
            }
        });
        request.set_onupgradeneeded(Some(create.unchecked_ref()));
        let database: IdbDatabase = done(&request).await?.unchecked_into();
        // A later version of the page may want to change the database: do not stand in its way.
        let closing = database.clone();
        database.set_onversionchange(Some(Closure::once_into_js(move || closing.close()).unchecked_ref()));
        Ok(Storage { database })
    }

    /// All names, sorted.
    pub async fn names(&self) -> Result<Vec<String>, StorageError> {
        let at = self.begin(IdbTransactionMode::Readonly)?;
        let keys = done(&at.heads.get_all_keys().map_err(error)?).await?;
        Ok(Array::from(&keys).iter().filter_map(|key| key.as_string()).collect())
    }

    /// What is kept under `name`.
    pub async fn get(&self, name: &str) -> Result<Option<Kept>, StorageError> {
        let at = self.begin(IdbTransactionMode::Readonly)?;
        let head = done(&at.heads.get(&name.into()).map_err(error)?).await?;
        if !head.is_object() {
            return Ok(None);
        }
        let records = done(&at.records.get_all_with_key(&records_of(name)?).map_err(error)?).await?;
        Ok(Some(Kept {
            snapshot: field(&head, "snapshot").as_string(),
            records: Array::from(&records).iter().filter_map(|record| record.as_string()).collect(),
            seq: seq_of(&head),
        }))
    }

    /// Writes, as number `seq`, when the last write under `name` was number `after` (0 when nothing is kept).
    pub async fn put(&self, name: &str, after: u64, seq: u64, what: Put<'_>) -> Result<(), StorageError> {
        let at = self.begin(IdbTransactionMode::Readwrite)?;
        let head = done(&at.heads.get(&name.into()).map_err(error)?).await?;
        if seq_of(&head) != after {
            return Err(StorageError::Newer);
        }
        let next = Object::new();
        set(&next, "seq", &(seq as f64).into());
        match what {
            Put::Record(text) => {
                set(&next, "snapshot", &field(&head, "snapshot"));
                let key = Array::of2(&name.into(), &(seq as f64).into());
                at.records.put_with_key(&text.into(), &key).map_err(error)?;
            }
            Put::Snapshot(text) => {
                set(&next, "snapshot", &text.into());
                at.records.delete(&records_of(name)?).map_err(error)?;
            }
        }
        at.heads.put_with_key(&next, &name.into()).map_err(error)?;
        committed(&at.transaction).await
    }

    /// Everything kept under `from` is kept under `to` instead.
    pub async fn rename(&self, from: &str, to: &str) -> Result<(), StorageError> {
        let at = self.begin(IdbTransactionMode::Readwrite)?;
        let head = done(&at.heads.get(&from.into()).map_err(error)?).await?;
        if !head.is_object() {
            return Ok(());
        }
        let keys = Array::from(&done(&at.records.get_all_keys_with_key(&records_of(from)?).map_err(error)?).await?);
        let records = Array::from(&done(&at.records.get_all_with_key(&records_of(from)?).map_err(error)?).await?);
        for (key, record) in keys.iter().zip(records.iter()) {
            let key = Array::of2(&to.into(), &Array::from(&key).get(1));
            at.records.put_with_key(&record, &key).map_err(error)?;
        }
        at.heads.put_with_key(&head, &to.into()).map_err(error)?;
        at.heads.delete(&from.into()).map_err(error)?;
        at.records.delete(&records_of(from)?).map_err(error)?;
        committed(&at.transaction).await
    }

    /// Everything kept under `name` goes.
    pub async fn delete(&self, name: &str) -> Result<(), StorageError> {
        let at = self.begin(IdbTransactionMode::Readwrite)?;
        at.heads.delete(&name.into()).map_err(error)?;
        at.records.delete(&records_of(name)?).map_err(error)?;
        committed(&at.transaction).await
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<Begun, StorageError> {
        let both = Array::of2(&HEADS.into(), &RECORDS.into());
        let transaction = self.database.transaction_with_str_sequence_and_mode(&both, mode).map_err(error)?;
        let heads = transaction.object_store(HEADS).map_err(error)?;
        let records = transaction.object_store(RECORDS).map_err(error)?;
        Ok(Begun { transaction, heads, records })
    }
}

struct Begun {
    transaction: IdbTransaction,
    heads: IdbObjectStore,
    records: IdbObjectStore,
}

/// All keys `[name, number]`: in IndexedDB's order an array is above every number.
fn records_of(name: &str) -> Result<JsValue, StorageError> {
    let range = IdbKeyRange::bound(&Array::of1(&name.into()), &Array::of2(&name.into(), &Array::new()));
    range.map(JsValue::from).map_err(error)
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // A plain object takes every property.
    let _ = Reflect::set(object, &name.into(), value);
}

fn seq_of(head: &JsValue) -> u64 {
    if head.is_object() { field(head, "seq").as_f64().unwrap_or(0.0) as u64 } else { 0 }
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
