import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findProgram, outputOf, run, StepFailure } from "./commands.mjs";

/**
 * @typedef {object} Requirement
 * @property {string} title what a person calls it
 * @property {() => string | undefined} missing why it cannot be used, or undefined when it can
 * @property {Packages} packages what installs it
 * @property {string} advice what to do by hand where nothing installs it
 */

/** @typedef {Partial<Record<PackageManager, string[]>>} Packages */
/** @typedef {"apt-get" | "dnf" | "pacman" | "apk" | "brew"} PackageManager */

/** @type {Record<PackageManager, string[]>} */
const installCommands = {
  "apt-get": ["apt-get", "install", "--yes", "--no-install-recommends"],
  dnf: ["dnf", "install", "--assumeyes"],
  pacman: ["pacman", "--sync", "--noconfirm", "--needed"],
  apk: ["apk", "add"],
  brew: ["brew", "install"],
};

/**
 * @param {string} found
 * @param {string} wanted
 * @returns {boolean}
 */
export function isAtLeast(found, wanted) {
  const [left, right] = [found, wanted].map((version) => version.split(".").map(Number));
  for (const [index, part] of (right ?? []).entries()) {
    const difference = (left?.[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * @param {string} program
 * @param {string} wanted the oldest version that will do
 * @returns {string | undefined}
 */
function missingProgram(program, wanted) {
  if (!findProgram(program)) return `\`${program}\` is not on the PATH`;
  const version = /(\d+\.\d+(?:\.\d+)?)/.exec(outputOf(program, ["--version"]) ?? "")?.[1];
  if (!version) return `\`${program} --version\` fails`;
  return isAtLeast(version, wanted) ? undefined : `${program} ${version} is older than ${wanted}`;
}

/** Some installations of Emscripten leave `emcc` off the PATH. */
function offerKnownEmscriptenPlaces() {
  if (findProgram("emcc")) return;
  const sdk = process.env["EMSDK"];
  const places = ["/usr/lib/emscripten", ...(sdk ? [join(sdk, "upstream", "emscripten")] : [])];
  for (const place of places) {
    if (existsSync(join(place, "emcc"))) process.env["PATH"] += delimiter + place;
  }
}

/**
 * The program of a Chromium or Chrome.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env["CHROMIUM_PATH"];
  if (named) return named;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return names.map((name) => findProgram(name)).find((path) => path !== undefined);
}

/** Debian keeps the server's programs off the PATH. */
function hasPostgresServer() {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions.some((version) => existsSync(join(root, version, "bin", "initdb")));
}

/** @type {Record<"emscripten" | "cmake" | "ninja" | "compiler" | "googletest" | "clangTools" | "postgres" | "chromium" | "firefox" | "webKitGtk", Requirement>} */
export const requirements = {
  emscripten: {
    title: "Emscripten 3.1.6 or newer",
    missing: () => {
      offerKnownEmscriptenPlaces();
      return missingProgram("emcc", "3.1.6");
    },
    packages: {
      "apt-get": ["emscripten"],
      dnf: ["emscripten"],
      pacman: ["emscripten"],
      apk: ["emscripten"],
      brew: ["emscripten"],
    },
    advice:
      "install the Emscripten SDK (emscripten.org, `emsdk install 3.1.69`) and put emcc on the PATH",
  },
  cmake: {
    title: "CMake 3.22 or newer",
    missing: () => missingProgram("cmake", "3.22"),
    packages: {
      "apt-get": ["cmake"],
      dnf: ["cmake"],
      pacman: ["cmake"],
      apk: ["cmake"],
      brew: ["cmake"],
    },
    advice: "install CMake 3.22 or newer and put it on the PATH",
  },
  ninja: {
    title: "Ninja",
    missing: () => (findProgram("make") ? undefined : missingProgram("ninja", "1.0")),
    packages: {
      "apt-get": ["ninja-build"],
      dnf: ["ninja-build"],
      pacman: ["ninja"],
      apk: ["samurai"],
      brew: ["ninja"],
    },
    advice: "install Ninja (or make) and put it on the PATH",
  },
  compiler: {
    title: "a native C++20 compiler",
    missing: () => {
      const programs = [process.env["CXX"], "c++", "g++", "clang++"];
      return programs.some((name) => name && findProgram(name))
        ? undefined
        : "no c++, g++ or clang++ is on the PATH";
    },
    packages: {
      "apt-get": ["g++"],
      dnf: ["gcc-c++"],
      pacman: ["gcc"],
      apk: ["g++"],
      brew: ["llvm"],
    },
    advice: "install g++ 11 or newer, or clang 14 or newer",
  },
  googletest: {
    title: "Google Test's sources",
    missing: () =>
      existsSync("/usr/src/googletest/CMakeLists.txt")
        ? undefined
        : "/usr/src/googletest is not there",
    packages: { "apt-get": ["googletest"] },
    // CMake downloads a release elsewhere.
    advice: "",
  },
  chromium: {
    title: "Chromium",
    missing: () =>
      findChromium() ? undefined : "neither chromium nor google-chrome is on the PATH",
    packages: {
      "apt-get": ["chromium"],
      dnf: ["chromium"],
      pacman: ["chromium"],
      apk: ["chromium"],
    },
    advice: "install Chromium or Chrome, or name its program in CHROMIUM_PATH",
  },
  postgres: {
    title: "PostgreSQL's server and psql",
    missing: () => {
      if (!hasPostgresServer() && !findProgram("initdb")) return "`initdb` is nowhere";
      return findProgram("psql") ? undefined : "`psql` is not on the PATH";
    },
    packages: {
      "apt-get": ["postgresql"],
      dnf: ["postgresql-server"],
      pacman: ["postgresql"],
      apk: ["postgresql"],
      brew: ["postgresql"],
    },
    advice: "install PostgreSQL 15 or newer",
  },
  firefox: {
    title: "Firefox",
    missing: () =>
      ["firefox-esr", "firefox"].some(findProgram) ? undefined : "`firefox` is not on the PATH",
    packages: {
      "apt-get": ["firefox-esr"],
      dnf: ["firefox"],
      pacman: ["firefox"],
      apk: ["firefox-esr"],
    },
    advice: "install Firefox and put it on the PATH",
  },
  webKitGtk: {
    title: "WebKitGTK's MiniBrowser and Xvfb",
    missing: () => {
      if (!findProgram("WebKitWebDriver")) return "`WebKitWebDriver` is not on the PATH";
      return findProgram("Xvfb") ? undefined : "`Xvfb` is not on the PATH";
    },
    // The browser comes with the driver.
    packages: { "apt-get": ["webkit2gtk-driver", "xvfb"] },
    advice: "install WebKitGTK with its MiniBrowser, and Xvfb",
  },
  clangTools: {
    title: "clang-format and clang-tidy",
    missing: () => missingProgram("clang-format", "14") ?? missingProgram("clang-tidy", "14"),
    packages: {
      "apt-get": ["clang-format", "clang-tidy"],
      dnf: ["clang-tools-extra"],
      pacman: ["clang"],
      apk: ["clang-extra-tools"],
      brew: ["clang-format", "llvm"],
    },
    advice: "install clang-format and clang-tidy 14 and put them on the PATH",
  },
};

/** @returns {PackageManager | undefined} */
function packageManager() {
  const names = /** @type {PackageManager[]} */ (Object.keys(installCommands));
  return names.find((name) => findProgram(name));
}

/**
 * The command that installs packages as an administrator, or undefined when this user may not.
 * @param {PackageManager} manager
 * @returns {string[] | undefined}
 */
function administratorPrefix(manager) {
  if (manager === "brew" || process.getuid?.() === 0) return [];
  return outputOf("sudo", ["-n", "true"]) === undefined ? undefined : ["sudo", "-n"];
}

/**
 * Installs packages with the machine's package manager; false when none is known for it.
 * @param {Packages} packages
 * @returns {boolean}
 */
export function installPackages(packages) {
  const manager = packageManager();
  const names = manager && packages[manager];
  if (!names) return false;
  const command = [...installCommands[manager], ...names];
  const prefix = administratorPrefix(manager);
  if (!prefix) {
    throw new StepFailure(
      `Installing needs an administrator. Run this, then try again:\n  sudo ${command.join(" ")}`,
    );
  }
  console.log(`  installing ${names.join(", ")} with ${manager}`);
  if (manager === "apt-get" && !hasPackageLists()) runCommand([...prefix, "apt-get", "update"]);
  // Debian's front end would otherwise ask questions that nobody answers.
  const quiet = manager === "apt-get" ? ["env", "DEBIAN_FRONTEND=noninteractive"] : [];
  runCommand([...prefix, ...quiet, ...command]);
  return true;
}

/** @param {string[]} command */
function runCommand([program = "", ...parameters]) {
  run(program, parameters);
}

/**
 * A fresh Debian image knows no package until its lists are fetched.
 * @returns {boolean}
 */
function hasPackageLists() {
  try {
    return readdirSync("/var/lib/apt/lists").some((name) => name.includes("_Packages"));
  } catch {
    return false;
  }
}

/**
 * Makes sure of the requirements named, installing what is missing.
 * @param {Array<keyof typeof requirements>} names
 */
export function ensure(names) {
  for (const name of names) {
    const requirement = requirements[name];
    const reason = requirement.missing();
    if (reason === undefined) continue;
    console.log(`  ${requirement.title}: ${reason}`);
    if (installPackages(requirement.packages)) {
      const still = requirement.missing();
      if (still === undefined) continue;
      throw new StepFailure(`${requirement.title}: ${still} even after installing`);
    }
    if (requirement.advice) throw new StepFailure(`Please ${requirement.advice}, then try again.`);
  }
}

/**
 * Installs what is missing where that is possible, and says so where it is not.
 * @param {Array<keyof typeof requirements>} names
 */
export function offer(names) {
  for (const name of names) {
    try {
      ensure([name]);
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      console.log(`  ${error.message}`);
    }
  }
}
