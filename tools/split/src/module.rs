//! A module, read into its sections.

use std::collections::HashMap;

use wasmparser::{
    Data, DataKind, ElementItems, ElementKind, Export, ExternalKind, FuncType, FunctionBody, Global, Import,
    KnownCustom, MemoryType, Name, Operator, Parser, Payload, Table, TypeRef,
};

use crate::Error;

/// A segment that fills a table when the module starts: functions one after the other.
pub struct Segment {
    /// Which table.
    pub table: u32,
    /// The place of the first of them.
    pub at: u32,
    /// Which functions.
    pub functions: Vec<u32>,
}

/// What a module of wasm-bindgen's and wasm-opt's making consists of. Indices are those of the format: imported
/// functions come before the module's own.
pub struct Module<'a> {
    pub types: Vec<FuncType>,
    pub imports: Vec<Import<'a>>,
    /// How many functions are imported.
    pub imported: u32,
    /// Of each function, the index of its type.
    pub functions: Vec<u32>,
    pub tables: Vec<Table<'a>>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    pub start: Option<u32>,
    pub segments: Vec<Segment>,
    pub bodies: Vec<FunctionBody<'a>>,
    pub data: Vec<Data<'a>>,
    names: HashMap<u32, String>,
    /// Of each own function, which functions it names in its instructions.
    pub calls: Vec<Vec<u32>>,
}

impl<'a> Module<'a> {
    /// Reads a module; refuses what the cutting has not thought of.
    pub fn read(bytes: &'a [u8]) -> Result<Module<'a>, Error> {
        let mut module = Module {
            types: Vec::new(),
            imports: Vec::new(),
            imported: 0,
            functions: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            start: None,
            segments: Vec::new(),
            bodies: Vec::new(),
            data: Vec::new(),
            names: HashMap::new(),
            calls: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        if module.memories.len() != 1 || module.data.iter().any(|d| !matches!(d.kind, DataKind::Active { .. })) {
            return Err("one memory of its own and no passive data are expected".into());
        }
        module.calls = module.bodies.iter().map(calls).collect::<Result<_, _>>()?;
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), Error> {
        match payload {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    self.types.push(ty?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(ty) = import.ty else {
                        return Err(format!("imports something other than a function: {}", import.name).into());
                    };
                    self.functions.push(ty);
                    self.imported += 1;
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.functions.push(ty?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(memory?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.exports.push(export?);
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    self.segment(element)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    self.data.push(data?);
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for name in names {
                        if let Name::Function(names) = name? {
                            for naming in names {
                                let naming = naming?;
                                let name = rustc_demangle::demangle(naming.name).to_string();
                                self.names.insert(naming.index, without_hashes(&name));
                            }
                        }
                    }
                }
            }
            Payload::Version { .. }
            | Payload::DataCountSection { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::End(_) => {}
            other => return Err(format!("a section that is not known here: {other:?}").into()),
        }
        Ok(())
    }

    fn segment(&mut self, element: wasmparser::Element<'a>) -> Result<(), Error> {
        let ElementKind::Active { table_index, offset_expr } = element.kind else {
            return Err("a segment of a table that is not active".into());
        };
        let mut operators = offset_expr.get_operators_reader();
        let Operator::I32Const { value } = operators.read()? else {
            return Err("a segment of a table whose place is no constant".into());
        };
        let ElementItems::Functions(items) = element.items else {
            return Err("a segment of a table that is no list of functions".into());
        };
        let functions = items.into_iter().collect::<Result<_, _>>()?;
        self.segments.push(Segment { table: table_index.unwrap_or(0), at: value as u32, functions });
        Ok(())
    }

    /// What a function is called, without the hashes of mangling; empty when it has no name.
    pub fn name(&self, function: u32) -> &str {
        self.names.get(&function).map_or("", String::as_str)
    }

    /// Whether the module has names at all.
    pub fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// The functions that are exported or start the module.
    pub fn entered(&self) -> impl Iterator<Item = u32> {
        let exported = self.exports.iter().filter(|e| e.kind == ExternalKind::Func).map(|e| e.index);
        exported.chain(self.start)
    }
}

/// `core[641134fb57596b42]::fmt` is `core::fmt`, and is it in the next build.
fn without_hashes(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(open) = rest.find('[') {
        let (before, bracket) = rest.split_at(open);
        plain.push_str(before);
        let inside = bracket[1..].find(']').map(|close| &bracket[1..=close]);
        match inside.filter(|hash| hash.len() > 8 && hash.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(hash) => rest = &bracket[hash.len() + 2..],
            None => {
                plain.push('[');
                rest = &bracket[1..];
            }
        }
    }
    plain + rest
}

fn calls(body: &FunctionBody<'_>) -> Result<Vec<u32>, Error> {
    let mut calls = Vec::new();
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        match operators.read()? {
            Operator::Call { function_index } | Operator::ReturnCall { function_index } => calls.push(function_index),
            Operator::RefFunc { .. } => return Err("a function that is taken by reference in code".into()),
            Operator::MemoryInit { .. } | Operator::DataDrop { .. } | Operator::TableInit { .. } => {
                return Err("code that copies segments".into());
            }
            _ => {}
        }
    }
    calls.sort_unstable();
    calls.dedup();
    Ok(calls)
}
