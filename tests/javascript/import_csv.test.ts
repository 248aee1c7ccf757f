import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { folderWith, run } from "./command_line.ts";

interface Imported {
  code: number | null;
  messages: Record<string, unknown>[];
  stderr: string;
}

function importCsv(parameters: readonly string[], input: string): Imported {
  const { code, stdout, stderr } = run(["import", "csv", "-", ...parameters], input);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return {
    code,
    messages: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    stderr,
  };
}

const shop = [
  "event_time,event_type,product_id,category_code,brand,price,user_id",
  "2019-10-01 00:00:00 UTC,view,44600062,,shiseido,35.79,541312140",
  '2019-10-01 00:00:01 UTC,cart,3900821,appliances.water_heater,"aqua, the brand",33.20,554748717',
  "2019-10-01 00:00:02 UTC,purchase,17200506,furniture.sofa,,543.10,519107250",
  "",
].join("\n");
const ofShop = ["--map", "contact=user_id,time=event_time,event=event_type"];

test("rows become messages in their order, with typed properties", () => {
  const { code, messages, stderr } = importCsv(
    [
      ...ofShop,
      ...["--event-map", "view=Product Viewed", "--event-map", "purchase=Order Completed"],
      ...["--property", "price:number=price", "--property", "brand=brand"],
      ...["--property", "category=category_code", "--property", 'currency="EUR"'],
    ],
    shop,
  );
  assert.equal(code, 0);
  assert.equal(stderr, "3 rows: 3 messages written, 0 rows skipped.\n");
  assert.deepEqual(messages, [
    {
      type: "track",
      userId: "541312140",
      event: "Product Viewed",
      timestamp: "2019-10-01T00:00:00.000Z",
      properties: { price: 35.79, brand: "shiseido", currency: "EUR" },
    },
    {
      type: "track",
      userId: "554748717",
      event: "cart",
      timestamp: "2019-10-01T00:00:01.000Z",
      properties: {
        price: 33.2,
        brand: "aqua, the brand",
        category: "appliances.water_heater",
        currency: "EUR",
      },
    },
    {
      type: "track",
      userId: "519107250",
      event: "Order Completed",
      timestamp: "2019-10-01T00:00:02.000Z",
      properties: { price: 543.1, category: "furniture.sofa", currency: "EUR" },
    },
  ]);
});

const invoices = [
  "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
  "536365,85123A,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
  "536366,22633,1,2010-07-01 08:28:00,1.85,17851.0,France",
  "536365,71053,2,2010-12-01 08:27:00,3.39,17850.0,United Kingdom",
  "C536379,D,-1,2010-12-01 09:41:00,27.50,17850.0,United Kingdom",
  "536370,22728,24,2010-12-01 08:45:00,3.75,,France",
  "A563185,B,1,2011-08-12 14:50:00,11062.06,17850.0,United Kingdom",
  "536371,22086,80,2010-12-01 09:00:00,2.55,17851.0,Germany",
  "",
].join("\r\n");
const ofInvoices = [
  ...["--map", "contact:integer=CustomerID,time=InvoiceDate,event=InvoiceNo"],
  ...["--event-map", "C*=Order Refunded", "--event-map", "A*=", "--event-map", "*=Order Completed"],
  ...["--group", "InvoiceNo", "--message-id", "InvoiceNo", "--timezone", "Europe/London"],
  ...["--property", "total:sum=|Quantity|*UnitPrice", "--property", "order_id=InvoiceNo"],
  ...[
    "--item",
    "sku=StockCode",
    "--item",
    "quantity:number=|Quantity|",
    "--trait",
    "country=Country",
  ],
];

test("rows of one order are one message with items, exact sums, and traits when they change", () => {
  const { code, messages, stderr } = importCsv(
    [...ofInvoices, "--allow-missing-contact"],
    invoices,
  );
  assert.equal(code, 0);
  assert.equal(
    stderr,
    "7 rows: 7 messages written, 1 rows left out by --event-map, 1 rows skipped (1 without contact).\n",
  );
  assert.deepEqual(messages[1], {
    type: "track",
    messageId: "536365",
    userId: "17850",
    event: "Order Completed",
    timestamp: "2010-12-01T08:26:00.000Z",
    properties: {
      order_id: "536365",
      total: 22.08,
      products: [
        { sku: "85123A", quantity: 6 },
        { sku: "71053", quantity: 2 },
      ],
    },
  });
  assert.deepEqual(
    messages.map(({ type, userId, timestamp }) => [type, userId, timestamp]),
    [
      ["identify", "17850", "2010-12-01T08:26:00.000Z"],
      ["track", "17850", "2010-12-01T08:26:00.000Z"],
      // Summer time in London.
      ["identify", "17851", "2010-07-01T07:28:00.000Z"],
      ["track", "17851", "2010-07-01T07:28:00.000Z"],
      ["track", "17850", "2010-12-01T09:41:00.000Z"],
      ["identify", "17851", "2010-12-01T09:00:00.000Z"],
      ["track", "17851", "2010-12-01T09:00:00.000Z"],
    ],
  );
  assert.deepEqual(messages[0]?.["traits"], { country: "United Kingdom" });
  assert.equal(messages[4]?.["event"], "Order Refunded");
  assert.equal((messages[4]?.["properties"] as { total?: number } | undefined)?.total, 27.5);
});

test("rows without contact are named, unless they are expected", () => {
  const { code, messages, stderr } = importCsv(ofInvoices, invoices);
  assert.equal(code, 1);
  assert.equal(messages.length, 7);
  assert.match(stderr, /^standard input:6: skipped: it names no contact\n/);
});

test("bad rows are named and skipped, and the others go on", () => {
  const input = [
    "id,when,what,amount,flag,extra",
    'u1,2026-01-01,Bought,12.50,yes,"{""a"":1}"',
    "u1,yesterday,Bought,1,no,",
    "u1,2026-01-02,Bought,a lot,no,",
    "u1,2026-01-02,,1,no,",
    "u1,2026-01-03,Bought,1,perhaps,",
    "u1,2026-01-03,Bought,1",
    'u1,2026-01-04,Bought,"2"x,no,',
    "u1,2026-01-05,Bought,,,{no",
    "u2,2026-01-06,Bought,,,",
  ].join("\n");
  const { code, messages, stderr } = importCsv(
    [
      ...["--map", "contact=id,time=when", "--map", "event=what", "--message-id", "#"],
      ...["--property", "amount:number=amount", "--property", "flag:boolean=flag"],
      ...["--property", "extra:json=extra"],
    ],
    input,
  );
  assert.equal(code, 1);
  assert.deepEqual(
    messages.map(({ messageId, properties }) => [messageId, properties]),
    [
      ["line-2", { amount: 12.5, flag: true, extra: { a: 1 } }],
      ["line-10", {}],
    ],
  );
  const told = stderr.trim().split("\n");
  assert.deepEqual(
    told.slice(0, -1).map((line) => /^standard input:(\d+): skipped: /.exec(line)?.[1]),
    ["3", "4", "5", "6", "7", "8", "9"],
  );
  assert.match(told[0] ?? "", /when is not a time: "yesterday"/);
  assert.match(told[1] ?? "", /amount is not a number: "a lot"/);
  assert.equal(told.at(-1), "9 rows: 2 messages written, 7 rows skipped (7 unreadable).");
});

test("after a quote that is never closed nothing can be read, which is said", () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => `u${index},2026-01-02,Bought\n`);
  for (const count of [3, 100_000]) {
    const input = `id,when,what\nu1,2026-01-01,Bought\nu1,2026-01-01,"Bought\n${rows.slice(0, count).join("")}`;
    const { code, messages, stderr } = importCsv(
      ["--map", "contact=id,time=when,event=what"],
      input,
    );
    assert.equal(code, 1);
    assert.equal(messages.length, 1);
    assert.match(stderr, /^standard input:3: skipped: a quote is opened here and not closed/);
  }
});

test("columns may be separated by spaces and named on the command line", () => {
  const input = " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n";
  const { code, messages } = importCsv(
    [
      ...["--separator", "spaces", "--columns", "id,sample,date,quantity,total"],
      ...["--map", "contact=id,time=date", "--event", "Order Completed"],
      ...["--property", "total:number=total", "--property", "quantity:integer=quantity"],
    ],
    input,
  );
  assert.equal(code, 0);
  assert.deepEqual(
    messages.map(({ userId, timestamp, properties }) => [userId, timestamp, properties]),
    [
      ["00004", "1997-01-01T00:00:00.000Z", { total: 29.33, quantity: 2 }],
      ["00004", "1997-01-18T00:00:00.000Z", { total: 29.73, quantity: 2 }],
    ],
  );
});

test("seconds since 1970, other separators, and packed files", () => {
  const text = "user;what;at\n1;pv;1511544070\n1;buy;1511544071\n";
  const folder = folderWith({ "behaviour.csv.gz": gzipSync(text) });
  const { code, stdout } = run([
    ...["import", "csv", join(folder, "behaviour.csv.gz"), "--separator", ";"],
    ...["--map", "contact=user,time:seconds=at,event=what", "--event-map", "pv=Product Viewed"],
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /"event":"Product Viewed","timestamp":"2017-11-24T17:21:10.000Z"/);
  assert.match(stdout, /"event":"buy"/);
});

test("an order with more items than a message may hold keeps its sum", () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `o1,u1,2026-01-01,${index},0.01`);
  const { code, messages, stderr } = importCsv(
    [
      ...["--map", "contact=user,time=time", "--event", "Order Completed", "--group", "order"],
      ...["--property", "total:sum=price", "--item", "sku=sku", "--item", "price:number=price"],
      ...["--item", 'note="a text that takes some room"'],
    ],
    `order,user,time,sku,price\n${rows.join("\n")}\n`,
  );
  assert.equal(code, 0);
  const properties = messages[0]?.["properties"] as { total: number; products: object[] };
  assert.equal(properties.total, 20);
  assert.ok(properties.products.length < 1_500);
  assert.ok(Buffer.byteLength(JSON.stringify(messages[0])) < 65_536);
  assert.match(stderr, /; \d+ items had no room in their message \(64 KiB\)\./);
});

test("what is imported is accepted whole", () => {
  const { stdout } = run(
    ["import", "csv", "-", ...ofInvoices, "--allow-missing-contact"],
    invoices,
  );
  const folder = folderWith({
    "s.json": JSON.stringify({
      version: 1,
      id: "net",
      when: {
        kind: "event",
        event: "Order Completed",
        measure: { fn: "sum", property: "total" },
        op: "eq",
        value: 22.08,
      },
    }),
  });
  const outcome = run(
    [
      ...["evaluate", "--segments", join(folder, "s.json"), "--input", "-"],
      ...["--at", "2012-01-01T00:00:00Z", "--json"],
    ],
    stdout,
  );
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.deepEqual(JSON.parse(outcome.stdout), { net: { count: 1, members: ["17850"] } });
});

test("a wrong call ends with 2 and names the columns that there are", () => {
  for (const [parameters, expected] of [
    [[], /no column for contact/],
    [
      ["--map", "contact=user"],
      /there is no column "user". The columns are: event_time, event_type/,
    ],
    [["--map", "who=user_id"], /write contact=Column,time=Column,event=Column/],
    [["--map", "contact:float=user_id"], /only contact:text, contact:integer/],
    [[...ofShop, "--event", "Viewed"], /not both/],
    [[...ofShop, "--property", "price:money=price"], /no type "money"/],
    [[...ofShop, "--property", "price"], /write it as name=Column/],
    [[...ofShop, "--property", "total:number=price*quantity"], /no column "quantity"/],
    [[...ofShop, "--property", "total:sum=price"], /need --group/],
    [[...ofShop, "--timezone", "Mars"], /no such time zone/],
    [[...ofShop, "--separator", "x"], /one of , ; \| tab spaces/],
    [[...ofShop, "--event-map", "view"], /cell=Event Name/],
  ] as const) {
    const { code, messages, stderr } = importCsv(parameters, shop);
    assert.equal(code, 2, parameters.join(" "));
    assert.deepEqual(messages, []);
    assert.match(stderr, expected);
  }
  assert.equal(run(["import", "csv"]).code, 2);
  assert.equal(importCsv(ofShop, "").code, 2);
});
