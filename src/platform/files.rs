//! Files and folders that a person drops or picks. The size is looked at before anything is read.

use std::future::Future;
use std::pin::Pin;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// What became of one file.
#[derive(Clone, Debug)]
pub enum Picked {
    /// Its path below what was picked, and its bytes.
    Read(String, Vec<u8>),
    /// It is above the limit, and was not read: its path and size in bytes.
    TooLarge(String, u64),
    /// The browser could not read it: its path and the browser's words.
    Failed(String, String),
}

/// Reads the files of an `<input type=file>`. Of a folder only manifests are taken (`wanted` says which).
pub async fn read_list(list: &FileList, limit: u64, wanted: fn(&str) -> bool) -> Vec<Picked> {
    let mut picked = Vec::new();
    for file in (0..list.length()).filter_map(|i| list.get(i)) {
        let path = path_of(&file);
        // A file picked by name is read whatever it is called; one of a folder only when it may be a manifest.
        if !path.contains('/') || wanted(&path) {
            picked.push(read(&file, path, limit).await);
        }
    }
    picked
}

/// The handles of what is dropped. To be called while the drop is being handled: they are gone afterwards.
pub fn dropped(data: &DataTransfer) -> Vec<Dropped> {
    let items = data.items();
    let mut found = Vec::new();
    for item in (0..items.length()).filter_map(|i| items.get(i)) {
        if item.kind() != "file" {
            continue;
        }
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) => found.push(Dropped::Entry(entry)),
            _ => found.extend(item.get_as_file().ok().flatten().map(Dropped::File)),
        }
    }
    found
}

/// A dropped file or folder.
pub enum Dropped {
    Entry(FileSystemEntry),
    File(File),
}

/// Reads what was dropped, folders to their depths, sorted by path.
pub async fn read_dropped(dropped: Vec<Dropped>, limit: u64, wanted: fn(&str) -> bool) -> Vec<Picked> {
    let mut picked = Vec::new();
    for item in dropped {
        match item {
            Dropped::File(file) => picked.push(read(&file, file.name(), limit).await),
            Dropped::Entry(entry) => walk(entry, true, limit, wanted, &mut picked).await,
        }
    }
    picked
}

fn walk<'a>(
    entry: FileSystemEntry,
    top: bool,
    limit: u64,
    wanted: fn(&str) -> bool,
    picked: &'a mut Vec<Picked>,
) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(async move {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_directory() {
            match children(entry.unchecked_into()).await {
                Ok(mut inside) => {
                    inside.sort_by_key(FileSystemEntry::name);
                    for child in inside {
                        walk(child, false, limit, wanted, picked).await;
                    }
                }
                Err(error) => picked.push(Picked::Failed(path, super::words(&error))),
            }
        } else if top || wanted(&path) {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let promise = Promise::new(&mut |resolve, reject| {
                entry.file_with_callback_and_callback(&resolve, &reject);
            });
            picked.push(match JsFuture::from(promise).await {
                Ok(file) => read(file.unchecked_ref(), path, limit).await,
                Err(error) => Picked::Failed(path, super::words(&error)),
            });
        }
    })
}

/// A reader gives at most a hundred entries at a time; an empty answer is the end.
async fn children(folder: FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, JsValue> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let promise = Promise::new(&mut |resolve, reject| {
            if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                let _ = reject.call1(&JsValue::NULL, &error);
            }
        });
        let some = Array::from(&JsFuture::from(promise).await?);
        if some.length() == 0 {
            return Ok(all);
        }
        all.extend(some.iter().map(JsValue::unchecked_into::<FileSystemEntry>));
    }
}

/// `folder/a.yaml` for a file of a picked folder, else its name.
fn path_of(file: &File) -> String {
    js_sys::Reflect::get(file, &"webkitRelativePath".into())
        .ok()
        .and_then(|path| path.as_string())
        .filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
}

async fn read(file: &File, path: String, limit: u64) -> Picked {
    let size = file.size() as u64;
    if size > limit {
        return Picked::TooLarge(path, size);
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Picked::Read(path, Uint8Array::new(&buffer).to_vec()),
        Err(error) => Picked::Failed(path, super::words(&error)),
    }
}
