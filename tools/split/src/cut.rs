//! One module into two that share memory, tables and globals.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, ImportSection, Instruction, MemorySection, Module as Out, StartSection,
    TableSection, TypeSection,
};
use wasmparser::{FunctionBody, Operator};

use crate::Error;
use crate::data::{self, Piece};
use crate::module::Module;

/// The table through which one half calls the other: the one that function pointers index.
const TABLE: u32 = 0;

/// The places of functions in one of the halves.
struct Places(BTreeMap<u32, u32>);

impl Reencode for Places {
    type Error = Error;

    fn function_index(&mut self, function: u32) -> Result<u32, wasm_encoder::reencode::Error<Error>> {
        self.0.get(&function).copied().ok_or_else(|| {
            wasm_encoder::reencode::Error::UserError(format!("function {function} has no place here").into())
        })
    }
}

/// What both halves must agree on.
struct Plan<'m, 'a> {
    module: &'m Module<'a>,
    later: &'m [bool],
    /// The places in the table of later functions that the first half may call; at least one each.
    slots: BTreeMap<u32, Vec<u32>>,
    /// How many places the table has.
    table: u32,
    /// Functions of the first half, imported ones included, that the rest calls.
    lent: Vec<u32>,
    data: Vec<Piece<'a>>,
}

/// A module, cut.
pub struct Halves {
    /// What is loaded first.
    pub first: Vec<u8>,
    /// What comes behind it.
    pub rest: Vec<u8>,
    /// What the functions of the first are called, imported ones included.
    pub names: Vec<String>,
}

/// What import `n` is called in the first half: wasm-bindgen's names end in hashes, which no compression makes smaller.
fn short(n: usize) -> String {
    n.to_string()
}

/// wasm-bindgen's script, with the imports called as in the first half.
pub fn rename_imports(module: &Module<'_>, script: &str) -> Result<String, Error> {
    let mut script = script.to_owned();
    for (n, import) in module.imports.iter().enumerate() {
        let given = format!("{}: function(", import.name);
        if script.matches(&given).count() != 1 {
            return Err(format!("the script does not give {} once", import.name).into());
        }
        script = script.replace(&given, &format!("{}: function(", short(n)));
    }
    Ok(script)
}

/// The module's two halves. `later` says of each own function whether it goes to the second.
pub fn cut(module: &Module<'_>, later: &[bool], tables: &[(Vec<u8>, u32)]) -> Result<Halves, Error> {
    if !module.has_names() {
        return Err("the module has no names".into());
    }
    let plan = Plan::new(module, later, tables)?;
    plan.refuse_early_reading()?;
    Ok(Halves { first: plan.first()?, rest: plan.rest()?, names: plan.names() })
}

impl<'m, 'a> Plan<'m, 'a> {
    fn new(module: &'m Module<'a>, later: &'m [bool], tables: &[(Vec<u8>, u32)]) -> Result<Plan<'m, 'a>, Error> {
        let is_later = |n: u32| n >= module.imported && later[(n - module.imported) as usize];
        let mut slots: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for segment in module.segments.iter().filter(|s| s.table == TABLE) {
            for (at, function) in (segment.at..).zip(&segment.functions) {
                if is_later(*function) {
                    slots.entry(*function).or_default().push(at);
                }
            }
        }
        if module.segments.iter().any(|s| s.table != TABLE) {
            return Err("functions in another table than the first".into());
        }
        let calls = module.calls.iter().zip(later).filter(|(_, later)| **later).flat_map(|(calls, _)| calls.iter());
        let lent: BTreeSet<u32> = calls.copied().filter(|n| !is_later(*n)).collect();
        let data = data::pieces(&module.data, tables)?;
        let table = module.tables.first().ok_or("no table")?.ty.initial as u32;
        let mut plan = Plan { module, later, slots, table, lent: lent.into_iter().collect(), data };
        for function in plan.called().into_iter().filter(|n| is_later(*n)) {
            plan.slots.entry(function).or_insert_with(|| {
                plan.table += 1;
                vec![plan.table - 1]
            });
        }
        Ok(plan)
    }

    /// A function of the first half that reads later data would read zeros: nothing brings those.
    fn refuse_early_reading(&self) -> Result<(), Error> {
        let later: Vec<_> = self.data.iter().filter(|piece| piece.later).collect();
        for function in self.own(false) {
            let reads = addresses(&self.module.bodies[(function - self.module.imported) as usize])?;
            let early = |piece: &&Piece<'_>| {
                reads.iter().any(|at| (piece.at..piece.at + piece.bytes.len() as u32).contains(at))
            };
            if later.iter().any(early) {
                return Err(format!("{} stays, but reads data that come later", self.module.name(function)).into());
            }
        }
        Ok(())
    }

    fn is_later(&self, function: u32) -> bool {
        function >= self.module.imported && self.later[(function - self.module.imported) as usize]
    }

    fn own(&self, later: bool) -> impl Iterator<Item = u32> {
        let all = self.module.imported..self.module.functions.len() as u32;
        all.filter(move |n| self.is_later(*n) == later)
    }

    /// The functions that the first half calls, or that are called from outside.
    fn called(&self) -> BTreeSet<u32> {
        let calls = self.module.calls.iter().zip(self.later).filter(|(_, later)| !**later);
        calls.flat_map(|(calls, _)| calls.iter().copied()).chain(self.module.entered()).collect()
    }

    /// In the order of [`Plan::first`].
    fn names(&self) -> Vec<String> {
        let called = self.called();
        let name = |n: u32| self.module.name(n);
        let imported = self.module.imports.iter().map(|import| import.name.to_owned());
        let own = self.own(false).map(|n| name(n).to_owned());
        let stubs = self.slots.keys().filter(|n| called.contains(n)).map(|n| format!("to {}", name(*n)));
        let waiting = self.slots.keys().map(|n| format!("bring {}", name(*n)));
        imported.chain(own).chain(stubs).chain(waiting).collect()
    }

    fn types(&self, places: &mut Places) -> Result<TypeSection, Error> {
        let mut types = TypeSection::new();
        for ty in &self.module.types {
            types.ty().func_type(&places.func_type(ty.clone()).map_err(words)?);
        }
        Ok(types)
    }

    fn tables(&self, places: &mut Places) -> Result<Vec<wasm_encoder::TableType>, Error> {
        let mut tables = Vec::new();
        for table in &self.module.tables {
            tables.push(places.table_type(table.ty).map_err(words)?);
        }
        tables[TABLE as usize].minimum = self.table.into();
        if let Some(maximum) = &mut tables[TABLE as usize].maximum {
            *maximum = (*maximum).max(self.table.into());
        }
        Ok(tables)
    }

    /// What the rest takes from the first half: kind, index there, name.
    fn shared(&self) -> Vec<(ExportKind, u32, String)> {
        let mut shared: Vec<(ExportKind, u32)> = vec![(ExportKind::Memory, 0)];
        shared.extend((0..self.module.tables.len() as u32).map(|n| (ExportKind::Table, n)));
        shared.extend((0..self.module.globals.len() as u32).map(|n| (ExportKind::Global, n)));
        shared.extend(self.lent.iter().map(|n| (ExportKind::Func, *n)));
        shared.into_iter().enumerate().map(|(at, (kind, n))| (kind, n, format!("${at:x}"))).collect()
    }

    fn first(&self) -> Result<Vec<u8>, Error> {
        let module = self.module;
        let now = (0..module.imported)
            .find(|n| module.imports[*n as usize].name.contains("restNow"))
            .ok_or("nothing is imported that brings the rest (restNow)")?;
        if module.types[module.functions[now as usize] as usize] != wasmparser::FuncType::new([], []) {
            return Err("restNow takes or gives something".into());
        }
        let mut places = Places((0..module.imported).map(|n| (n, n)).collect());
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut next = module.imported;
        let mut place = |functions: &mut FunctionSection, ty: u32| {
            functions.function(ty);
            next += 1;
            next - 1
        };
        for n in self.own(false) {
            places.0.insert(n, place(&mut functions, module.functions[n as usize]));
        }
        // A later function, seen from here: through the table.
        let through = |n: u32, slot: u32, before: &[Instruction<'_>]| {
            let ty = module.functions[n as usize];
            let mut function = Function::new([]);
            for instruction in before {
                function.instruction(instruction);
            }
            for parameter in 0..module.types[ty as usize].params().len() as u32 {
                function.instruction(&Instruction::LocalGet(parameter));
            }
            function.instruction(&Instruction::I32Const(slot as i32));
            function.instruction(&Instruction::CallIndirect { type_index: ty, table_index: TABLE });
            function.instruction(&Instruction::End);
            function
        };
        let called = self.called();
        let mut stubs = Vec::new();
        for (n, slots) in self.slots.iter().filter(|(n, _)| called.contains(n)) {
            places.0.insert(*n, place(&mut functions, module.functions[*n as usize]));
            stubs.push(through(*n, slots[0], &[]));
        }
        // What stands in the table until the rest is there.
        let mut waiting = BTreeMap::new();
        for (n, slots) in &self.slots {
            waiting.insert(*n, place(&mut functions, module.functions[*n as usize]));
            stubs.push(through(*n, slots[0], &[Instruction::Call(now)]));
        }
        for n in self.own(false) {
            let body = module.bodies[(n - module.imported) as usize].clone();
            places.parse_function_body(&mut code, body).map_err(words)?;
        }
        for stub in &stubs {
            code.function(stub);
        }

        let mut imports = ImportSection::new();
        for (n, import) in module.imports.iter().enumerate() {
            imports.import(import.module, &short(n), places.entity_type(import.ty).map_err(words)?);
        }
        let mut tables = TableSection::new();
        for ty in self.tables(&mut places)? {
            tables.table(ty);
        }
        let mut memories = MemorySection::new();
        memories.memory(places.memory_type(module.memories[0]).map_err(words)?);
        let mut globals = GlobalSection::new();
        for global in &module.globals {
            places.parse_global(&mut globals, global.clone()).map_err(words)?;
        }
        let mut exports = ExportSection::new();
        for export in &module.exports {
            places.parse_export(&mut exports, *export).map_err(words)?;
        }
        for (kind, n, name) in self.shared() {
            let n = if kind == ExportKind::Func { places.0[&n] } else { n };
            exports.export(&name, kind, n);
        }
        let mut elements = ElementSection::new();
        let mut fill = |at: u32, functions: Vec<u32>| {
            elements.active(None, &ConstExpr::i32_const(at as i32), Elements::Functions(functions.into()));
        };
        for segment in &module.segments {
            let here = |n: &u32| waiting.get(n).or_else(|| places.0.get(n)).copied();
            let functions: Option<Vec<u32>> = segment.functions.iter().map(here).collect();
            fill(segment.at, functions.ok_or("a function in the table is nowhere")?);
        }
        let old = module.tables[TABLE as usize].ty.initial as u32;
        let added: BTreeMap<u32, u32> =
            self.slots.iter().filter(|(_, slots)| slots[0] >= old).map(|(n, slots)| (slots[0], waiting[n])).collect();
        fill(old, added.into_values().collect());

        let mut out = Out::new();
        out.section(&self.types(&mut places)?).section(&imports).section(&functions).section(&tables);
        out.section(&memories).section(&globals).section(&exports);
        if let Some(start) = module.start {
            out.section(&StartSection { function_index: places.function_index(start).map_err(words)? });
        }
        out.section(&elements).section(&code).section(&self.data(false));
        Ok(out.finish())
    }

    fn rest(&self) -> Result<Vec<u8>, Error> {
        let module = self.module;
        let mut places = Places(BTreeMap::new());
        let mut imports = ImportSection::new();
        let tables = self.tables(&mut places)?;
        let mut next = 0;
        for (kind, n, name) in self.shared() {
            let ty = match kind {
                ExportKind::Memory => EntityType::Memory(places.memory_type(module.memories[0]).map_err(words)?),
                ExportKind::Table => EntityType::Table(tables[n as usize]),
                ExportKind::Global => {
                    EntityType::Global(places.global_type(module.globals[n as usize].ty).map_err(words)?)
                }
                _ => {
                    places.0.insert(n, next);
                    next += 1;
                    EntityType::Function(module.functions[n as usize])
                }
            };
            imports.import("", &name, ty);
        }
        let mut functions = FunctionSection::new();
        for n in self.own(true) {
            functions.function(module.functions[n as usize]);
            places.0.insert(n, next);
            next += 1;
        }
        let mut code = CodeSection::new();
        for n in self.own(true) {
            let body = module.bodies[(n - module.imported) as usize].clone();
            places.parse_function_body(&mut code, body).map_err(words)?;
        }
        let taken: BTreeMap<u32, u32> =
            self.slots.iter().flat_map(|(n, slots)| slots.iter().map(|slot| (*slot, places.0[n]))).collect();
        let mut elements = ElementSection::new();
        let mut run: Vec<u32> = Vec::new();
        let mut taken = taken.into_iter().peekable();
        while let Some((slot, function)) = taken.next() {
            run.push(function);
            if taken.peek().is_none_or(|(next, _)| *next != slot + 1) {
                let at = ConstExpr::i32_const((slot + 1 - run.len() as u32) as i32);
                elements.active(None, &at, Elements::Functions(std::mem::take(&mut run).into()));
            }
        }
        let mut out = Out::new();
        out.section(&self.types(&mut places)?).section(&imports).section(&functions).section(&elements);
        out.section(&code).section(&self.data(true));
        Ok(out.finish())
    }

    fn data(&self, later: bool) -> DataSection {
        let mut data = DataSection::new();
        for piece in self.data.iter().filter(|piece| piece.later == later) {
            data.active(0, &ConstExpr::i32_const(piece.at as i32), piece.bytes.iter().copied());
        }
        data
    }
}

fn words(error: wasm_encoder::reencode::Error<Error>) -> Error {
    error.to_string().into()
}

/// What may be places in the memory among a function's instructions.
fn addresses(body: &FunctionBody<'_>) -> Result<Vec<u32>, Error> {
    let mut addresses = Vec::new();
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        match operators.read()? {
            Operator::I32Const { value } => addresses.push(value as u32),
            Operator::I32Load { memarg }
            | Operator::I64Load { memarg }
            | Operator::F32Load { memarg }
            | Operator::F64Load { memarg }
            | Operator::I32Load8S { memarg }
            | Operator::I32Load8U { memarg }
            | Operator::I32Load16S { memarg }
            | Operator::I32Load16U { memarg }
            | Operator::I64Load8S { memarg }
            | Operator::I64Load8U { memarg }
            | Operator::I64Load16S { memarg }
            | Operator::I64Load16U { memarg }
            | Operator::I64Load32S { memarg }
            | Operator::I64Load32U { memarg } => addresses.push(memarg.offset as u32),
            _ => {}
        }
    }
    Ok(addresses)
}
