import { DurableObject } from "cloudflare:workers";
import { ringAfter } from "../alarm.ts";
import type { Left } from "../contact/contact_calls.ts";
import { contactStub, type Environment } from "../environment.ts";
import { alarmRetryDelay, mostJoinedIds } from "../limits.ts";
import { errorText, log } from "../operations/log.ts";
import { count } from "../operations/metrics.ts";
import { contactIdAfter } from "./contact_id_after.ts";

export interface JoinRequest {
  readonly workspace: string;
  /** The alias, as JSON. */
  readonly line: string;
  /** Whom the alias is of (`userId`). */
  readonly contact: string;
  readonly previousId: string;
  readonly messageId: string | undefined;
  readonly isSampled: boolean;
  /** Of the request that brought it, for the log. */
  readonly requestId?: string;
}

export interface JoinRefusal {
  readonly code: string;
  readonly message: string;
}

/** A join that was decided. Carried out step by step; each step may be repeated. */
interface Join extends JoinRequest {
  /** The ids whose objects have the data now. */
  readonly from: readonly string[];
  /** The id that all of them are known by afterwards. */
  readonly to: string;
}

const schema = `
CREATE TABLE IF NOT EXISTS members (id TEXT PRIMARY KEY, root TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_of_root ON members (root);
CREATE TABLE IF NOT EXISTS aliases (
  previousId TEXT NOT NULL, contact TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (previousId, contact)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS joins (place INTEGER PRIMARY KEY AUTOINCREMENT, work TEXT NOT NULL);
`;

/**
 * Joins contacts, one alias after the other, for a workspace: so that two that cross each other cannot disagree about who moves
 * where. Contacts that nobody joins never meet it.
 *
 * A join is written down before its first step; an end in the middle is made up for by the next join or by the alarm.
 */
export class IdentityObject extends DurableObject<Environment> {
  #last: Promise<unknown> = Promise.resolve();

  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    context.storage.sql.exec(schema);
  }

  /** Joins two contacts. @returns why not, when the alias is refused */
  async join(request: JoinRequest): Promise<JoinRefusal | undefined> {
    return this.#inTurn(async () => {
      await this.#finishJoins();
      return this.#join(request);
    });
  }

  /** All ids of a contact, itself included, once the joins are done that are under way. */
  async idsOf(id: string): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      await this.#finishJoins();
      return this.#idsOf(this.#rootOf(id));
    });
  }

  /**
   * Forgets a contact with its ids, unless it has more than those.
   *
   * @returns the others; none: it is forgotten
   */
  async forget(id: string, ids: readonly string[]): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      await this.#finishJoins();
      const members = this.#idsOf(this.#rootOf(id));
      const others = members.filter((member) => !ids.includes(member));
      if (others.length > 0) return others;
      this.ctx.storage.transactionSync(() => {
        for (const member of members) {
          this.#sql.exec("DELETE FROM members WHERE id = ?", member);
          this.#sql.exec("DELETE FROM aliases WHERE previousId = ? OR contact = ?", member, member);
        }
      });
      return [];
    });
  }

  override async alarm(): Promise<void> {
    try {
      await this.#inTurn(() => this.#finishJoins());
    } catch (error) {
      log("error", "join not finished", { error: errorText(error) });
      ringAfter(this.ctx.storage, alarmRetryDelay);
    }
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  /** One after the other. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #join(request: JoinRequest): Promise<JoinRefusal | undefined> {
    const { contact, previousId, line } = request;
    const from = [...new Set([this.#rootOf(contact), this.#rootOf(previousId)])];
    const ids = from.flatMap((root) => this.#idsOf(root));
    if (ids.length > mostJoinedIds) {
      const message = `At most ${mostJoinedIds} ids can be one contact.`;
      return { code: "too_many_ids", message };
    }
    const known = ids.flatMap((id) =>
      this.#sql
        .exec("SELECT line FROM aliases WHERE contact = ?", id)
        .toArray()
        .map((row) => String(row["line"])),
    );
    const decided = await contactIdAfter(contact, [...known, line], line);
    if ("refusal" in decided) return decided.refusal;
    const join: Join = { ...request, from, to: decided.id };
    this.#sql.exec("INSERT INTO joins (work) VALUES (?)", JSON.stringify(join));
    ringAfter(this.ctx.storage, alarmRetryDelay);
    await this.#finishJoins();
    return undefined;
  }

  /** Carries out what was decided. */
  async #finishJoins(): Promise<void> {
    for (const row of this.#sql.exec("SELECT place, work FROM joins ORDER BY place").toArray()) {
      const join = JSON.parse(String(row["work"])) as Join;
      await this.#carryOut(join);
      this.ctx.storage.transactionSync(() => this.#settle(join, Number(row["place"])));
      count("edge_joins_total");
      const { workspace, requestId, from } = join;
      log("debug", "contacts joined", { requestId, workspace, contacts: from.length });
    }
  }

  async #carryOut({ workspace, line, messageId, isSampled, from, to }: Join): Promise<void> {
    const leaving = from.filter((id) => id !== to);
    const left: Left[] = [];
    for (const contact of leaving) {
      left.push(
        await contactStub(this.env, workspace, contact).leave({ workspace, contact, line, to }),
      );
    }
    await contactStub(this.env, workspace, to).adopt({
      ...{ workspace, contact: to, line, messageId, isSampled, left },
    });
    for (const contact of leaving) {
      await contactStub(this.env, workspace, contact).left({ workspace, contact, to });
    }
  }

  #settle({ contact, previousId, line, from, to }: Join, place: number): void {
    for (const id of [contact, previousId, to, ...from.flatMap((root) => this.#idsOf(root))]) {
      this.#sql.exec("INSERT OR REPLACE INTO members (id, root) VALUES (?, ?)", id, to);
    }
    this.#sql.exec(
      "INSERT OR REPLACE INTO aliases (previousId, contact, line) VALUES (?, ?, ?)",
      ...[previousId, contact, line],
    );
    this.#sql.exec("DELETE FROM joins WHERE place = ?", place);
  }

  #rootOf(id: string): string {
    const [row] = this.#sql.exec("SELECT root FROM members WHERE id = ?", id).toArray();
    return row === undefined ? id : String(row["root"]);
  }

  #idsOf(root: string): string[] {
    const ids = this.#sql
      .exec("SELECT id FROM members WHERE root = ? ORDER BY id", root)
      .toArray()
      .map((row) => String(row["id"]));
    return ids.length === 0 ? [root] : ids;
  }
}
