//! The border to js/editor.js, which brings CodeMirror. Loaded after the first screen.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::text::Position;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = "import", catch)]
    fn dynamic_import(url: &str) -> Result<js_sys::Promise, JsValue>;

    #[derive(Clone)]
    type Module;
    #[wasm_bindgen(method)]
    fn create(this: &Module, parent: &Element, options: &Object) -> View;

    #[derive(Clone)]
    type View;
    #[wasm_bindgen(method, js_name = "getText")]
    fn get_text(this: &View) -> String;
    #[wasm_bindgen(method, js_name = "setText")]
    fn set_text(this: &View, text: &str, keep: bool);
    #[wasm_bindgen(method, js_name = "applyChanges")]
    fn apply_changes(this: &View, changes: &Array);
    #[wasm_bindgen(method, js_name = "setDiagnostics")]
    fn set_diagnostics(this: &View, diagnostics: &JsValue);
    #[wasm_bindgen(method, js_name = "amendDiagnostics")]
    fn amend_diagnostics(this: &View, groups: &[u32], diagnostics: &JsValue);
    #[wasm_bindgen(method)]
    fn highlight(this: &View, from: Option<u32>, to: Option<u32>);
    #[wasm_bindgen(method, js_name = "revealLine")]
    fn reveal_line(this: &View, line: u32);
    #[wasm_bindgen(method)]
    fn select(this: &View, from_line: u32, from_col: u32, to_line: u32, to_col: u32);
    #[wasm_bindgen(method)]
    fn focus(this: &View);
    #[wasm_bindgen(method, js_name = "hasFocus", getter)]
    fn has_focus_fn(this: &View) -> Function;
    #[wasm_bindgen(method, js_name = "setTheme")]
    fn set_theme(this: &View, dark: bool);
    #[wasm_bindgen(method, js_name = "setPhrases")]
    fn set_phrases(this: &View, texts: &Object);
    #[wasm_bindgen(method)]
    fn destroy(this: &View);

    type JsChange;
    #[wasm_bindgen(method, getter, js_name = "fromLine")]
    fn from_line(this: &JsChange) -> u32;
    #[wasm_bindgen(method, getter, js_name = "fromCol")]
    fn from_col(this: &JsChange) -> u32;
    #[wasm_bindgen(method, getter, js_name = "toLine")]
    fn to_line(this: &JsChange) -> u32;
    #[wasm_bindgen(method, getter, js_name = "toCol")]
    fn to_col(this: &JsChange) -> u32;
    #[wasm_bindgen(method, getter)]
    fn insert(this: &JsChange) -> String;

    type JsPosition;
    #[wasm_bindgen(method, getter)]
    fn line(this: &JsPosition) -> u32;
    #[wasm_bindgen(method, getter)]
    fn col(this: &JsPosition) -> u32;
}

/// A splice as the editor counts: lines and columns; breaks in `insert` are `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    pub from: Position,
    pub to: Position,
    pub insert: String,
}

/// Something said about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub from: Position,
    pub to: Position,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    pub message: String,
    /// Whose it is, for [`Editor::amend`].
    pub group: u32,
    /// Title and id of each fix.
    pub actions: Vec<(String, String)>,
}

/// A [`Diagnostic`] as js/editor.js takes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsDiagnostic<'a> {
    from_line: u32,
    from_col: u32,
    to_line: u32,
    to_col: u32,
    severity: &'a str,
    message: &'a str,
    group: u32,
    actions: Vec<JsAction<'a>>,
}

#[derive(Serialize)]
struct JsAction<'a> {
    name: &'a str,
    id: &'a str,
}

impl JsDiagnostic<'_> {
    fn of(diagnostic: &Diagnostic) -> JsDiagnostic<'_> {
        JsDiagnostic {
            from_line: diagnostic.from.line,
            from_col: diagnostic.from.column,
            to_line: diagnostic.to.line,
            to_col: diagnostic.to.column,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            group: diagnostic.group,
            actions: diagnostic.actions.iter().map(|(name, id)| JsAction { name, id }).collect(),
        }
    }
}

/// What can be written at a place.
#[derive(Clone, Debug)]
pub struct Completion {
    pub label: String,
    pub apply: Option<String>,
    pub detail: String,
    pub info: Option<String>,
    /// `field`, `value`, `item` or `kind`.
    pub sort: &'static str,
    pub boost: i32,
}

/// What the mouse points at.
#[derive(Clone, Debug)]
pub struct Hover {
    pub from: Position,
    pub to: Position,
    pub title: String,
    pub text: String,
}

type Change = dyn Fn(Vec<Splice>, &str);
type Complete = dyn Fn(Position, bool) -> Option<(Position, Vec<Completion>)>;

/// What the page does when the person does something in the editor.
#[derive(Clone)]
pub struct Handlers {
    /// Splices, and what kind of typing they were (js/editor.js lists the kinds).
    pub change: Rc<Change>,
    /// The cursor went there.
    pub select: Rc<dyn Fn(Position)>,
    pub undo: Rc<dyn Fn()>,
    pub redo: Rc<dyn Fn()>,
    /// A diagnostic's fix was chosen: its id.
    pub action: Rc<dyn Fn(String)>,
    pub focus: Rc<dyn Fn(bool)>,
    pub complete: Rc<Complete>,
    pub hover: Rc<dyn Fn(Position) -> Option<Hover>>,
}

/// The loaded module.
#[derive(Clone)]
pub struct EditorModule(Module);

/// Loads the editor's code. An error is the browser's words.
pub async fn load() -> Result<EditorModule, String> {
    let base = super::document().and_then(|d| d.base_uri().ok().flatten()).unwrap_or_default();
    let mut relative = String::from("./editor.js?v=");
    relative.push_str(super::BUILD);
    let url = web_sys::Url::new_with_base(&relative, &base).map_err(|e| super::words(&e))?;
    let promise = dynamic_import(&url.href()).map_err(|e| super::words(&e))?;
    let module = JsFuture::from(promise).await.map_err(|e| super::words(&e))?;
    Ok(EditorModule(module.unchecked_into()))
}

/// An editor on the screen; removed when it is dropped.
pub struct Editor {
    view: View,
    _closures: Vec<JsValue>,
}

impl Editor {
    /// Fills `parent`, an empty element.
    pub fn create(
        module: &EditorModule,
        parent: &Element,
        text: &str,
        dark: bool,
        phrases: &[(&str, String)],
        handlers: Handlers,
    ) -> Editor {
        let options = Object::new();
        let mut closures = Vec::new();
        set(&options, "text", text);
        set(&options, "dark", dark);
        set(&options, "phrases", phrase_object(phrases));
        let mut give = |name: &str, closure: JsValue| {
            set(&options, name, &closure);
            closures.push(closure);
        };
        let Handlers { change, select, undo, redo, action, focus, complete, hover } = handlers;
        give(
            "onChange",
            Closure::<dyn Fn(Array, String)>::new(move |changes: Array, kind: String| {
                change(changes.iter().map(|c| splice(c.unchecked_ref())).collect(), &kind);
            })
            .into_js_value(),
        );
        give(
            "onSelection",
            Closure::<dyn Fn(JsPosition)>::new(move |head: JsPosition| {
                select(Position { line: head.line(), column: head.col() });
            })
            .into_js_value(),
        );
        give("onUndo", Closure::<dyn Fn()>::new(move || undo()).into_js_value());
        give("onRedo", Closure::<dyn Fn()>::new(move || redo()).into_js_value());
        give("onAction", Closure::<dyn Fn(String)>::new(move |id: String| action(id)).into_js_value());
        give("onFocus", Closure::<dyn Fn(bool)>::new(move |on: bool| focus(on)).into_js_value());
        give(
            "complete",
            Closure::<dyn Fn(u32, u32, bool) -> JsValue>::new(move |line: u32, column: u32, explicit: bool| {
                complete(Position { line, column }, explicit).map_or(JsValue::NULL, completions)
            })
            .into_js_value(),
        );
        give(
            "hover",
            Closure::<dyn Fn(u32, u32) -> JsValue>::new(move |line: u32, column: u32| {
                let Some(found) = hover(Position { line, column }) else { return JsValue::NULL };
                let object = range(found.from, found.to);
                set(&object, "title", found.title.as_str());
                set(&object, "text", found.text.as_str());
                object.into()
            })
            .into_js_value(),
        );
        Editor { view: module.0.create(parent, &options), _closures: closures }
    }

    /// The text on the screen, line breaks as `\n`.
    pub fn text(&self) -> String {
        self.view.get_text()
    }

    /// Shows another text; with `keep` it is a newer state of the same.
    pub fn set_text(&self, text: &str, keep: bool) {
        self.view.set_text(text, keep);
    }

    pub fn apply(&self, changes: &[Splice]) {
        let array = Array::new();
        for change in changes {
            let object = range(change.from, change.to);
            set(&object, "insert", change.insert.as_str());
            array.push(&object);
        }
        self.view.apply_changes(&array);
    }

    /// Marks these in place of all that were marked.
    pub fn diagnose(&self, diagnostics: &[Diagnostic]) {
        if let Some(array) = in_one(diagnostics) {
            self.view.set_diagnostics(&array);
        }
    }

    /// Marks these in place of those of `groups`; the others stay.
    pub fn amend(&self, groups: &[u32], diagnostics: &[Diagnostic]) {
        if let Some(array) = in_one(diagnostics) {
            self.view.amend_diagnostics(groups, &array);
        }
    }

    /// Lights these lines (both included), or none.
    pub fn light(&self, lines: Option<(u32, u32)>) {
        self.view.highlight(lines.map(|l| l.0), lines.map(|l| l.1));
    }

    pub fn reveal(&self, line: u32) {
        self.view.reveal_line(line);
    }

    pub fn select(&self, from: Position, to: Position) {
        self.view.select(from.line, from.column, to.line, to.column);
    }

    pub fn focus(&self) {
        self.view.focus();
    }

    pub fn set_dark(&self, dark: bool) {
        self.view.set_theme(dark);
    }

    pub fn set_phrases(&self, phrases: &[(&str, String)]) {
        self.view.set_phrases(&phrase_object(phrases));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.view.destroy();
    }
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // A plain object takes every property.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

fn range(from: Position, to: Position) -> Object {
    let object = Object::new();
    set(&object, "fromLine", from.line);
    set(&object, "fromCol", from.column);
    set(&object, "toLine", to.line);
    set(&object, "toCol", to.column);
    object
}

/// One text for all: hundreds of them, value by value, cost more than a keystroke may.
fn in_one(diagnostics: &[Diagnostic]) -> Option<JsValue> {
    let rows: Vec<JsDiagnostic<'_>> = diagnostics.iter().map(JsDiagnostic::of).collect();
    js_sys::JSON::parse(&serde_json::to_string(&rows).ok()?).ok()
}

fn splice(change: &JsChange) -> Splice {
    Splice {
        from: Position { line: change.from_line(), column: change.from_col() },
        to: Position { line: change.to_line(), column: change.to_col() },
        insert: change.insert(),
    }
}

fn completions((from, options): (Position, Vec<Completion>)) -> JsValue {
    let object = Object::new();
    set(&object, "fromLine", from.line);
    set(&object, "fromCol", from.column);
    let array = Array::new();
    for option in options {
        let one = Object::new();
        set(&one, "label", option.label.as_str());
        if let Some(apply) = option.apply {
            set(&one, "apply", apply.as_str());
        }
        set(&one, "detail", option.detail.as_str());
        if let Some(info) = option.info {
            set(&one, "info", info.as_str());
        }
        set(&one, "type", option.sort);
        set(&one, "boost", option.boost);
        array.push(&one);
    }
    set(&object, "options", array);
    object.into()
}

fn phrase_object(phrases: &[(&str, String)]) -> Object {
    let object = Object::new();
    for (key, text) in phrases {
        set(&object, key, text.as_str());
    }
    object
}
