//! On a module of five functions: an exported one that calls a later one, which calls another; one in the table.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, IndirectNameMap, Instruction, MemArg, MemArgTarget, MemorySection, MemoryType,
    Module as Out, NameMap, NameSection, RefType, TableSection, TableType, TypeSection,
};
use wasmparser::{Parser, Payload};

use crate::cut::{cut, rename_imports};
use crate::module::Module;
use crate::rules::Rules;

const NAMES: [&str; 5] =
    ["page::main", "form[0123456789abcdef]::show", "core::helper", "form[0123456789abcdef]::shown", "form::small"];
const LATER: &[u8] = b"\x01studio: these bytes come later\x01\x29\x00\x00\x00texts";

/// Calls `to`, after as many instructions as make it worth moving.
fn calls(to: Option<u32>, long: bool) -> Function {
    let mut function = Function::new([]);
    for _ in 0..if long { 200 } else { 1 } {
        function.instruction(&Instruction::Nop);
    }
    if let Some(to) = to {
        function.instruction(&Instruction::Call(to));
    }
    // The first of them reads what stands first in the memory.
    if to == Some(2) {
        let place = MemArg { offset: 64, align: 0, target: MemArgTarget::Memory(0), ordering: None };
        function
            .instruction(&Instruction::I32Const(0))
            .instruction(&Instruction::I32Load8U(place))
            .instruction(&Instruction::Drop);
    }
    function.instruction(&Instruction::End);
    function
}

fn module() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("./page.js", "__wbg_restNow_1", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    NAMES.iter().for_each(|_| {
        functions.function(0);
    });
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: Some(2),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([4].as_slice().into()));
    let mut code = CodeSection::new();
    for (to, long) in [(Some(2), true), (Some(3), true), (Some(0), true), (None, true), (None, false)] {
        code.function(&calls(to, long));
    }
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(64), [b"first".as_slice(), LATER, b"last"].concat());
    let mut functions_names = NameMap::new();
    for (n, name) in (1..).zip(NAMES) {
        functions_names.append(n, name);
    }
    let mut names = NameSection::new();
    names.functions(&functions_names);
    names.locals(&IndirectNameMap::new());
    let mut out = Out::new();
    out.section(&types).section(&imports).section(&functions).section(&tables).section(&memories).section(&exports);
    out.section(&elements).section(&code).section(&data).section(&names);
    out.finish()
}

fn rules() -> Rules {
    Rules::read("# the form comes later\nlater form::\n").expect("rules")
}

#[test]
fn what_only_later_ones_call_comes_later_and_what_is_small_stays() {
    let bytes = module();
    let module = Module::read(&bytes).expect("a module");
    assert_eq!(module.name(2), "form::show");
    assert_eq!(rules().choose(&module), [false, true, true, true, false]);
    let first = Rules::read("first ^core::\nlater form::").expect("rules");
    assert_eq!(first.choose(&module), [false, true, false, true, false]);
    assert!(Rules::read("later a\nnever b").is_err());
}

/// The functions and the data of a module: how many bodies; place and bytes of each piece.
fn parts(bytes: &[u8]) -> (u32, Vec<(u32, Vec<u8>)>) {
    let (mut bodies, mut data) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.expect("a section") {
            Payload::CodeSectionStart { count, .. } => bodies = count,
            Payload::DataSection(section) => {
                for piece in
                    crate::data::pieces(&section.into_iter().collect::<Result<Vec<_>, _>>().expect("data"), &[])
                        .expect("pieces")
                {
                    data.push((piece.at, piece.bytes.to_vec()));
                }
            }
            _ => {}
        }
    }
    (bodies, data)
}

#[test]
fn both_halves_are_whole_and_share_nothing_twice() {
    let bytes = module();
    let module = Module::read(&bytes).expect("a module");
    let halves = cut(&module, &rules().choose(&module), &[]).expect("halves");
    for half in [&halves.first, &halves.rest] {
        wasmparser::validate(half).expect("valid");
    }
    // Two stay; a step to `show`, which main calls; what stands in the table for it and for `shown` until then.
    let (bodies, data) = parts(&halves.first);
    assert_eq!(bodies, 5);
    assert_eq!(data, [(64, b"first".to_vec()), (64 + 5 + LATER.len() as u32, b"last".to_vec())]);
    assert_eq!(halves.names.len(), 6);
    assert_eq!(halves.names[3..], ["to form::show", "bring form::show", "bring form::shown"].map(String::from));
    let (bodies, data) = parts(&halves.rest);
    assert_eq!(bodies, 3);
    assert_eq!(data, [(64 + 5, LATER.to_vec())]);
}

#[test]
fn what_the_page_gives_has_the_short_names_of_the_first_half() {
    let bytes = module();
    let module = Module::read(&bytes).expect("a module");
    let script = "const imports = {\n    __wbg_restNow_1: function() { restNow(); },\n};";
    let renamed = rename_imports(&module, script).expect("renamed");
    assert_eq!(renamed, "const imports = {\n    0: function() { restNow(); },\n};");
    let halves = cut(&module, &rules().choose(&module), &[]).expect("halves");
    assert_eq!(Module::read(&halves.first).expect("a module").imports[0].name, "0");
    assert!(rename_imports(&module, "const imports = {};").is_err());
}

#[test]
fn a_table_that_only_later_functions_read_comes_with_them() {
    let bytes = module();
    let module = Module::read(&bytes).expect("a module");
    let rules = Rules::read("later form::\ntable 6c617374 3").expect("rules");
    let halves = cut(&module, &rules.choose(&module), &rules.tables).expect("halves");
    let end = 64 + 5 + LATER.len() as u32;
    assert_eq!(parts(&halves.first).1, [(64, b"first".to_vec()), (end + 3, b"t".to_vec())]);
    assert_eq!(parts(&halves.rest).1, [(64 + 5, LATER.to_vec()), (end, b"las".to_vec())]);
    // main reads what stands at 64 and stays.
    let early = Rules::read("later form::\ntable 6669 3").expect("rules");
    let refused = cut(&module, &early.choose(&module), &early.tables).err().expect("refused");
    assert_eq!(refused.to_string(), "page::main stays, but reads data that come later");
    assert!(cut(&module, &rules.choose(&module), &[(b"absent".to_vec(), 1)]).is_err());
    assert!(Rules::read("table 6z 3").is_err());
}
