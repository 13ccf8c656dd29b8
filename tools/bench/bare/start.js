import init from "./bare.js";

init();
