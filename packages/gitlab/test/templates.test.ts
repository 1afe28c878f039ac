import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { OPTION_TABLE } from "@verapipe/ci-kit";
import { describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";

import { inputsOfCommands } from "../src/template/option-inputs.js";
import { renderTemplate } from "../src/template/render-template.js";
import { TEMPLATES } from "../src/template/templates.js";
import { templateFile } from "./template-files.js";

describe.each(TEMPLATES.map((template) => [template.name, template] as const))("%s", (name, template) => {
  it("is committed as it is made from the options (else: UPDATE_TEMPLATES=1 pnpm test templates)", async () => {
    const text = renderTemplate(template);
    if (process.env["UPDATE_TEMPLATES"] === "1") {
      await mkdir(dirname(templateFile(name)), { recursive: true });
      await writeFile(templateFile(name), text);
    }
    expect(await readFile(templateFile(name), "utf8")).toBe(text);
  });

  it("has two documents, and uses exactly the inputs that it declares", () => {
    const text = renderTemplate(template);
    expect(parseAllDocuments(text)).toHaveLength(2);
    const used = new Set([...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/gu)].map(([, input]) => input));
    expect([...used].toSorted()).toEqual(template.inputs.map((input) => input.name).toSorted());
  });

  it("describes each input once, within the limit of GitLab", () => {
    const names = template.inputs.map((input) => input.name);
    expect(new Set(names).size).toBe(names.length);
    for (const input of template.inputs) {
      expect(input.description).toMatch(/\.$/u);
      expect(input.description.length).toBeLessThanOrEqual(1024);
      expect(input.regex ?? "").not.toMatch(/^\/|\/$/u);
      if (typeof input.default === "string") {
        expect(input.options ?? [input.default]).toContain(input.default);
        expect(input.default).toMatch(new RegExp(input.regex ?? "", "u"));
      }
    }
  });

  it("takes no secret as an input", () => {
    expect(template.inputs.filter((input) => /key|secret|password|token/u.test(input.name))).toEqual([]);
  });
});

describe("the inputs of a command", () => {
  it("carry what the option table says", () => {
    const inputs = new Map(inputsOfCommands(["scan", "pipeline-scan"]).map((input) => [input.name, input]));
    expect(inputs.get("app")).toMatchObject({ type: "string", regex: "^[^\\r\\n]*$", variable: "VERAPIPE_APP" });
    expect(inputs.get("app")).not.toHaveProperty("default");
    expect(inputs.get("file")).toMatchObject({ type: "array", variable: "VERAPIPE_FILE" });
    expect(inputs.get("timeout")).toMatchObject({
      type: "string",
      default: "",
      regex: "^[0-9]*$",
      description: expect.stringMatching(/Default: 360 minutes, 60 minutes of pipeline-scan\.$/u),
    });
    expect(inputs.get("rate-share")).toMatchObject({ type: "number", default: 1 });
    expect(inputs.get("create-sandbox")).toMatchObject({ type: "boolean", default: false });
    expect(inputs.get("new-only")).toMatchObject({ type: "string", options: ["", "true", "false"] });
    expect(inputs.get("fail-on-severity")).toMatchObject({
      options: ["", "Very High", "High", "Medium", "Low", "Very Low", "Informational"],
    });
    expect(inputs.get("development-stage")).toMatchObject({ variable: "VERAPIPE_STAGE" });
  });

  it("require what the main command requires", () => {
    expect(
      inputsOfCommands(["pipeline-scan"])
        .filter((input) => input.default === undefined)
        .map(({ name }) => name)
    ).toEqual(["file"]);
    expect(inputsOfCommands(["preflight"]).filter((input) => input.default === undefined)).toEqual([]);
  });

  it("leave out nothing by accident: what is no input is known by name", () => {
    const known = new Set(
      inputsOfCommands(["scan", "pipeline-scan", "gate", "preflight"]).map(({ option }) => option.name)
    );
    const missing = OPTION_TABLE.filter(
      ({ name, commands }) =>
        !known.has(name) && commands.some((command) => ["scan", "pipeline-scan", "gate", "preflight"].includes(command))
    );
    expect(missing.map(({ name }) => name).toSorted()).toEqual(
      ['color', 'debug', 'from', 'job-timeout', 'json', 'on-outage', 'outage-owner', 'outage-reason', 'outage-since', 'output-dir', 'plan', 'profile', 'project-ref', 'project-url', 'quiet', 'report', 'report-only', 'resume', 'state', 'wait'],
    );
  });
});
