const { createEngine } = require("@fosterflow/segments");
const { createAudience } = require("@fosterflow/segments/audience");
const { instantiate, templates } = require("@fosterflow/segments/authoring");
const { decide } = require("../program.mjs");

decide({ createEngine, createAudience, instantiate, templates }).then((outcome) => {
  console.log(JSON.stringify(outcome));
});
