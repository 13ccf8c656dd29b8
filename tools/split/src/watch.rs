//! The same module, which also notes in a memory of its own which functions have run.

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, FunctionSection,
    GlobalSection, ImportSection, Instruction, MemArg, MemArgTarget, MemorySection, MemoryType, Module as Out,
    StartSection, TableSection, TypeSection,
};

use crate::Error;
use crate::module::Module;

struct Same;

impl Reencode for Same {
    type Error = std::convert::Infallible;
}

/// Byte n of the memory `seen` is 1 once the module's own function n has run.
pub fn watch(module: &Module<'_>) -> Result<Vec<u8>, Error> {
    let mut same = Same;
    let mut types = TypeSection::new();
    for ty in &module.types {
        types.ty().func_type(&same.func_type(ty.clone())?);
    }
    let mut imports = ImportSection::new();
    for import in &module.imports {
        imports.import(import.module, import.name, same.entity_type(import.ty)?);
    }
    let mut functions = FunctionSection::new();
    for ty in &module.functions[module.imported as usize..] {
        functions.function(*ty);
    }
    let mut tables = TableSection::new();
    for table in &module.tables {
        tables.table(same.table_type(table.ty)?);
    }
    let mut memories = MemorySection::new();
    for memory in &module.memories {
        memories.memory(same.memory_type(*memory)?);
    }
    let pages = (module.bodies.len() as u64).div_ceil(65536);
    memories.memory(MemoryType {
        minimum: pages,
        maximum: Some(pages),
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        same.parse_global(&mut globals, global.clone())?;
    }
    let mut exports = ExportSection::new();
    for export in &module.exports {
        same.parse_export(&mut exports, *export)?;
    }
    exports.export("seen", ExportKind::Memory, 1);
    let mut elements = ElementSection::new();
    for segment in &module.segments {
        let table = (segment.table != 0).then_some(segment.table);
        let functions = Elements::Functions(segment.functions.as_slice().into());
        elements.active(table, &ConstExpr::i32_const(segment.at as i32), functions);
    }
    let mut code = CodeSection::new();
    for (n, body) in module.bodies.iter().enumerate() {
        let mut function = same.new_function_with_parsed_locals(body)?;
        function.instruction(&Instruction::I32Const(n as i32));
        function.instruction(&Instruction::I32Const(1));
        function.instruction(&Instruction::I32Store8(MemArg {
            offset: 0,
            align: 0,
            target: MemArgTarget::Memory(1),
            ordering: None,
        }));
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&same.parse_instruction(&mut operators)?);
        }
        code.function(&function);
    }
    let mut data = DataSection::new();
    for segment in &module.data {
        same.parse_data(&mut data, segment.clone())?;
    }
    let mut out = Out::new();
    out.section(&types).section(&imports).section(&functions).section(&tables).section(&memories).section(&globals);
    out.section(&exports);
    if let Some(function_index) = module.start {
        out.section(&StartSection { function_index });
    }
    out.section(&elements).section(&code).section(&data);
    Ok(out.finish())
}
