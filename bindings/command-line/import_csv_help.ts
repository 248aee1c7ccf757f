export const importCsvHelp = `Usage: fosterflow-segments import csv FILE --map contact=…,time=…,event=… [options]

Turns the rows of a CSV file into messages (NDJSON on standard output). FILE may end in .gz; - is
standard input. Rows that cannot be read are named on standard error and skipped; the last line there
counts the rows of both kinds.

What a row says:
  --map contact=Column    Whose event it is. contact:integer=Column reads 17850.0 as 17850.
  --map time=Column       When: 2026-11-23, 20261123, 2026-11-23 10:00:00 (also with T, fractions, and
                          UTC, Z or an offset after it). time:seconds= and time:milliseconds= read
                          numbers since 1970. Columns can be joined: contact=A,time=B,event=C.
  --map event=Column      What: the event's name …
  --event NAME            … or the same name for every row.
  --event-map CELL=NAME   The name to use for such a cell; * stands for any text, the first that fits
                          counts, and without a name the row is left out. Repeatable.
  --timezone ZONE         The zone of times without offset (default UTC). A time that a clock change
                          skips is the end of the gap; of one that comes twice it is the first.
  --message-id Column     The message's id, so that a second import changes nothing; # is the line.

What the event carries (each repeatable; an empty cell leaves the key out):
  --property NAME=Column         Text.
  --property NAME:TYPE=Column    TYPE is number, integer, boolean, json or text.
  --property NAME:number=A*B     A product of columns and numbers; |A| is A without its sign.
                                 It is exact: 6 times 2.55 is 15.3.
  --property 'NAME="text"'       The same text for every row.
  --trait NAME[:TYPE]=…          The same, about the contact: an identify message when it changes.

Orders whose items are rows of their own:
  --group Column                 Rows with the same cell, contact and event that stand near one another
                                 are one message; its time and properties are those of the first.
  --item NAME[:TYPE]=…           A property of the item that each row adds to the array …
  --items NAME                   … of this name (default products).
  --property NAME:sum=…          A column or product, added up over the rows.

The file:
  --separator CHARACTER          , (default) ; | tab, or spaces for any number of them.
  --columns A,B,C                Names of the columns, when the first row does not say them.
  --allow-missing-contact        Rows without contact are expected: counted, but not named.
  --help                         This text.

Exit codes: 0 ok, 1 rows were skipped, 2 called wrongly.

Examples:
  fosterflow-segments import csv shop.csv --map contact=user_id,time=event_time,event=event_type \\
    --event-map view='Product Viewed' --event-map purchase='Order Completed' \\
    --property price:number=price --property brand=brand > events.ndjson

  fosterflow-segments import csv invoices.csv --map contact=Customer,time=Date --event 'Order Completed' \\
    --group Invoice --message-id Invoice --property total:sum='Quantity*UnitPrice' \\
    --item sku=StockCode --item quantity:number=Quantity --item price:number=UnitPrice \\
    --trait country=Country --timezone Europe/London > events.ndjson
`;
