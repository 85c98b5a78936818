// A real WordPress for a test: a copy of the folder that WORDPRESS names, on
// SQLite, served by PHP's own server.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./port.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { WORDPRESS, WORDPRESS_SQLITE } = process.env;

/** Why there is no WordPress to be had here; nothing if there is. */
export function missing() {
  if (!WORDPRESS || !WORDPRESS_SQLITE) return "WORDPRESS and WORDPRESS_SQLITE name no folders of WordPress and its SQLite plugin";
  for (const path of [WORDPRESS + "/wp-load.php", WORDPRESS_SQLITE + "/db.copy"]) if (!existsSync(path)) return `${path} is missing`;
  try {
    return /pdo_sqlite/.test(execFileSync("php", ["-m"], { encoding: "utf8" })) ? undefined : "PHP has no pdo_sqlite";
  } catch {
    return "there is no PHP";
  }
}

/** Starts a WordPress with the plugin active; says its address and its post's id. */
export async function startWordPress() {
  const folder = mkdtempSync(join(tmpdir(), "wordpress-"));
  cpSync(WORDPRESS, folder, { recursive: true });
  const content = folder + "/wp-content";
  const plugin = content + "/plugins/postil";
  mkdirSync(plugin, { recursive: true });
  for (const name of ["postil.php", "settings.php", "uninstall.php"]) cpSync(here("../../../examples/wordpress/" + name), join(plugin, name));
  const sqlite = content + "/plugins/sqlite-database-integration";
  cpSync(WORDPRESS_SQLITE, sqlite, { recursive: true });
  const dropIn = readFileSync(sqlite + "/db.copy", "utf8").replaceAll("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", sqlite).replaceAll("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php");
  writeFileSync(content + "/db.php", dropIn);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configure = (more = "") => writeFileSync(folder + "/wp-config.php", config(folder, url, more));
  configure();
  const run = (step) => execFileSync("php", ["-d", "sendmail_path=true", here("../apps/wordpress.php"), folder, step], { encoding: "utf8" });
  run("install");
  const post = run("fill").trim();
  const server = spawn("php", ["-d", "opcache.enable=0", "-S", `127.0.0.1:${port}`, "-t", folder], { stdio: "ignore", env: { ...process.env, PHP_CLI_SERVER_WORKERS: "2" }, detached: true });
  const stop = () => {
    process.kill(-server.pid);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(url);
  } catch (error) {
    stop();
    throw error;
  }
  return { url, post, configure, folder, stop, remove: () => run("remove") };
}

const config = (folder, url, more) => `<?php
foreach (['DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_HOST', 'DB_COLLATE'] as $name) define($name, 'wordpress');
define('DB_CHARSET', 'utf8');
define('DB_DIR', '${folder}/database/');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) { define($name . '_KEY', 'k' . $name); define($name . '_SALT', 's' . $name); }
define('WP_HOME', '${url}');
define('WP_SITEURL', '${url}');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', true);
define('WP_DEBUG_LOG', '${folder}/debug.log');
define('WP_DEBUG_DISPLAY', false);
${more}
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;

/** Waits until the server answers, which it does once it listens. */
async function answers(url) {
  for (let i = 0; i < 100; i++) {
    if (await fetch(url + "/readme.html").then(() => true, () => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("PHP's server does not answer");
}

/** A visitor who keeps cookies. */
export function visitor(base) {
  const cookies = new Map();
  return async (path, form) => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const response = await fetch(new URL(path, base), { redirect: "manual", headers, ...(form && { method: "POST", body: new URLSearchParams(form) }) });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      cookies.set(name, value);
    }
    return { status: response.status, text: await response.text(), to: response.headers.get("location") };
  };
}
