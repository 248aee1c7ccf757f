#include "authoring/scenarios/template_texts.h"

namespace fosterflow {

const std::string_view kTemplateTexts[kTemplateCount] = {
    R"json({
"id": "cart-abandonment",
"name": "Cart abandonment",
"description": "Put something into the cart and did not order for some hours.",
"arguments": [
  {"name": "waitHours", "type": "whole", "unit": "hours", "default": 24, "minimum": 1, "maximum": 720,
   "description": "How long nothing must be ordered after something was added."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 7, "minimum": 1, "maximum": 365,
   "description": "How far back the cart counts."},
  {"name": "addedEvent", "type": "event", "default": "Product Added", "description": "Something is put into the cart."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "cart-abandonment", "name": "Cart abandonment",
  "description": "Put something into the cart and did not order for some hours.",
  "parameters": {"waitHours": {"argument": "waitHours"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "sequence", "window": {"last": {"days": {"parameter": "withinDays"}}},
    "steps": [{"event": {"argument": "addedEvent"}},
      {"absent": true, "event": {"argument": "orderEvent"}, "within": {"hours": {"parameter": "waitHours"}}}]}}
})json",
    R"json({
"id": "product-page-bounce",
"name": "Product page bounce",
"description": "Looked at a product, and then did nothing more for some minutes.",
"arguments": [
  {"name": "quietMinutes", "type": "whole", "unit": "minutes", "default": 30, "minimum": 1, "maximum": 1440,
   "description": "How long nothing more must happen after the product was seen."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 1, "minimum": 1, "maximum": 90,
   "description": "How far back the look counts."},
  {"name": "viewEvent", "type": "event", "default": "Product Viewed", "description": "A product is looked at."},
  {"name": "activityEvents", "type": "event", "description": "What counts as doing something.",
   "default": ["page", "screen", "Product Viewed", "Product Added", "Cart Viewed", "Checkout Started", "Order Completed"]}],
"definition": {"version": 1, "id": "product-page-bounce", "name": "Product page bounce",
  "description": "Looked at a product, and then did nothing more for some minutes.",
  "parameters": {"quietMinutes": {"argument": "quietMinutes"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "sequence", "window": {"last": {"days": {"parameter": "withinDays"}}},
    "steps": [{"event": {"argument": "viewEvent"}},
      {"absent": true, "event": {"argument": "activityEvents"},
       "within": {"minutes": {"parameter": "quietMinutes"}}}]}}
})json",
    R"json({
"id": "browse-abandonment",
"name": "Browse abandonment",
"description": "Looked at several products and put none into the cart.",
"arguments": [
  {"name": "products", "type": "whole", "unit": "products", "default": 3, "minimum": 1, "maximum": 100,
   "description": "How many different products."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 7, "minimum": 1, "maximum": 365,
   "description": "The days that count."},
  {"name": "viewEvent", "type": "event", "default": "Product Viewed", "description": "A product is looked at."},
  {"name": "productProperty", "type": "property", "default": "product_id", "description": "What tells products apart."},
  {"name": "cartEvents", "type": "event", "default": ["Product Added", "Order Completed"],
   "description": "What must not have happened."}],
"definition": {"version": 1, "id": "browse-abandonment", "name": "Browse abandonment",
  "description": "Looked at several products and put none into the cart.",
  "parameters": {"products": {"argument": "products"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "event", "event": {"argument": "viewEvent"},
     "measure": {"fn": "distinct", "property": {"argument": "productProperty"}},
     "op": "gte", "value": {"parameter": "products"}, "window": {"last": {"days": {"parameter": "withinDays"}}}},
    {"kind": "event", "event": {"argument": "cartEvents"}, "op": "eq", "value": 0,
     "window": {"last": {"days": {"parameter": "withinDays"}}}}]}}
})json",
    R"json({
"id": "checkout-abandonment",
"name": "Checkout abandonment",
"description": "Began to check out and did not order for some hours.",
"arguments": [
  {"name": "waitHours", "type": "whole", "unit": "hours", "default": 2, "minimum": 1, "maximum": 720,
   "description": "How long nothing must be ordered after the checkout began."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 3, "minimum": 1, "maximum": 365,
   "description": "How far back the checkout counts."},
  {"name": "checkoutEvent", "type": "event", "default": "Checkout Started", "description": "A checkout begins."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "checkout-abandonment", "name": "Checkout abandonment",
  "description": "Began to check out and did not order for some hours.",
  "parameters": {"waitHours": {"argument": "waitHours"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "sequence", "window": {"last": {"days": {"parameter": "withinDays"}}},
    "steps": [{"event": {"argument": "checkoutEvent"}},
      {"absent": true, "event": {"argument": "orderEvent"}, "within": {"hours": {"parameter": "waitHours"}}}]}}
})json",
    R"json({
"id": "channel-opened",
"name": "Opened a message",
"description": "Opened messages of a channel.",
"arguments": [
  {"name": "channel", "type": "choice", "default": "email", "choices": ["email", "push", "sms"],
   "description": "The channel."},
  {"name": "times", "type": "whole", "unit": "times", "default": 1, "minimum": 1, "maximum": 1000,
   "description": "How often at least."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 30, "minimum": 1, "maximum": 730,
   "description": "The days that count."},
  {"name": "openEvent", "type": "event", "default": "Email Opened", "description": "A message is opened.",
   "defaults": {"argument": "channel", "values": {"email": "Email Opened", "push": "Push Notification Tapped",
     "sms": "SMS Link Clicked"}}}],
"definition": {"version": 1, "id": "channel-opened", "name": "Opened a message",
  "description": "Opened messages of a channel.",
  "parameters": {"times": {"argument": "times"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "event", "event": {"argument": "openEvent"}, "op": "gte", "value": {"parameter": "times"},
    "window": {"last": {"days": {"parameter": "withinDays"}}}}}
})json",
    R"json({
"id": "channel-clicked",
"name": "Clicked in a message",
"description": "Clicked in messages of a channel.",
"arguments": [
  {"name": "channel", "type": "choice", "default": "email", "choices": ["email", "push", "sms"],
   "description": "The channel."},
  {"name": "times", "type": "whole", "unit": "times", "default": 1, "minimum": 1, "maximum": 1000,
   "description": "How often at least."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 30, "minimum": 1, "maximum": 730,
   "description": "The days that count."},
  {"name": "clickEvent", "type": "event", "default": "Email Link Clicked", "description": "A click in a message.",
   "defaults": {"argument": "channel", "values": {"email": "Email Link Clicked", "push": "Push Notification Tapped",
     "sms": "SMS Link Clicked"}}}],
"definition": {"version": 1, "id": "channel-clicked", "name": "Clicked in a message",
  "description": "Clicked in messages of a channel.",
  "parameters": {"times": {"argument": "times"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "event", "event": {"argument": "clickEvent"}, "op": "gte", "value": {"parameter": "times"},
    "window": {"last": {"days": {"parameter": "withinDays"}}}}}
})json",
    R"json({
"id": "channel-ignored",
"name": "Received and did not open",
"description": "Can be reached by a channel, received messages of it, and opened none.",
"arguments": [
  {"name": "channel", "type": "choice", "default": "email", "choices": ["email", "push", "sms"],
   "description": "The channel."},
  {"name": "messages", "type": "whole", "unit": "messages", "default": 5, "minimum": 1, "maximum": 1000,
   "description": "How many messages at least."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 90, "minimum": 1, "maximum": 730,
   "description": "The days that count."},
  {"name": "receivedEvent", "type": "event", "default": "Email Delivered", "description": "A message arrives.",
   "defaults": {"argument": "channel", "values": {"email": "Email Delivered", "push": "Push Notification Received",
     "sms": "SMS Delivered"}}},
  {"name": "openEvents", "type": "event", "default": ["Email Opened", "Email Link Clicked"],
   "description": "What shows that a message was read.",
   "defaults": {"argument": "channel", "values": {"email": ["Email Opened", "Email Link Clicked"],
     "push": "Push Notification Tapped", "sms": "SMS Link Clicked"}}}],
"definition": {"version": 1, "id": "channel-ignored", "name": "Received and did not open",
  "description": "Can be reached by a channel, received messages of it, and opened none.",
  "parameters": {"messages": {"argument": "messages"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "channel", "channel": {"argument": "channel"}, "op": "reachable"},
    {"kind": "event", "event": {"argument": "receivedEvent"}, "op": "gte", "value": {"parameter": "messages"},
     "window": {"last": {"days": {"parameter": "withinDays"}}}},
    {"kind": "event", "event": {"argument": "openEvents"}, "op": "eq", "value": 0,
     "window": {"last": {"days": {"parameter": "withinDays"}}}}]}}
})json",
    R"json({
"id": "first-purchase",
"name": "First purchase",
"description": "Ordered for the first time, some days ago at most.",
"arguments": [
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 30, "minimum": 1, "maximum": 365,
   "description": "How long the order may be ago."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "first-purchase", "name": "First purchase",
  "description": "Ordered for the first time, some days ago at most.",
  "parameters": {"withinDays": {"argument": "withinDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "event", "event": {"argument": "orderEvent"}, "op": "eq", "value": 1},
    {"kind": "event", "event": {"argument": "orderEvent"},
     "window": {"last": {"days": {"parameter": "withinDays"}}}}]}}
})json",
    R"json({
"id": "repeat-purchase",
"name": "Repeat purchase",
"description": "Ordered several times.",
"arguments": [
  {"name": "orders", "type": "whole", "unit": "orders", "default": 2, "minimum": 2, "maximum": 1000,
   "description": "How often at least."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 180, "minimum": 1, "maximum": 3650,
   "description": "The days that count."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "repeat-purchase", "name": "Repeat purchase", "description": "Ordered several times.",
  "parameters": {"orders": {"argument": "orders"}, "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "event", "event": {"argument": "orderEvent"}, "op": "gte", "value": {"parameter": "orders"},
    "window": {"last": {"days": {"parameter": "withinDays"}}}}}
})json",
    R"json({
"id": "no-purchase",
"name": "No purchase for some time",
"description": "Has ordered before, and not for some days.",
"arguments": [
  {"name": "quietDays", "type": "whole", "unit": "days", "default": 60, "minimum": 1, "maximum": 3650,
   "description": "How long nothing was ordered."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "no-purchase", "name": "No purchase for some time",
  "description": "Has ordered before, and not for some days.",
  "parameters": {"quietDays": {"argument": "quietDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "event", "event": {"argument": "orderEvent"},
     "window": {"before": {"days": {"parameter": "quietDays"}}}},
    {"kind": "event", "event": {"argument": "orderEvent"}, "op": "eq", "value": 0,
     "window": {"last": {"days": {"parameter": "quietDays"}}}}]}}
})json",
    R"json({
"id": "category-purchase",
"name": "Purchase of a category",
"description": "Ordered products of a category.",
"arguments": [
  {"name": "category", "type": "text", "default": "Shoes",
   "description": "The category, in upper or lower case."},
  {"name": "orders", "type": "whole", "unit": "orders", "default": 1, "minimum": 1, "maximum": 1000,
   "description": "In how many orders at least."},
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 90, "minimum": 1, "maximum": 3650,
   "description": "The days that count."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."},
  {"name": "productsProperty", "type": "property", "default": "products", "description": "The products of an order."},
  {"name": "categoryProperty", "type": "property", "default": "category", "description": "A product's category."}],
"definition": {"version": 1, "id": "category-purchase", "name": "Purchase of a category",
  "description": "Ordered products of a category.",
  "parameters": {"category": {"argument": "category"}, "orders": {"argument": "orders"},
    "withinDays": {"argument": "withinDays"}},
  "when": {"kind": "event", "event": {"argument": "orderEvent"},
    "where": {"kind": "item", "items": {"argument": "productsProperty"},
      "where": {"kind": "property", "property": {"argument": "categoryProperty"}, "op": "eq",
        "value": {"parameter": "category"}, "ignoreCase": true}},
    "op": "gte", "value": {"parameter": "orders"}, "window": {"last": {"days": {"parameter": "withinDays"}}}}}
})json",
    R"json({
"id": "sign-up",
"name": "Signed up",
"description": "Signed up some days ago at most.",
"arguments": [
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 7, "minimum": 1, "maximum": 365,
   "description": "How long the sign-up may be ago."},
  {"name": "signUpEvent", "type": "event", "default": "Signed Up", "description": "A sign-up."}],
"definition": {"version": 1, "id": "sign-up", "name": "Signed up", "description": "Signed up some days ago at most.",
  "parameters": {"withinDays": {"argument": "withinDays"}},
  "when": {"kind": "event", "event": {"argument": "signUpEvent"},
    "window": {"last": {"days": {"parameter": "withinDays"}}}}}
})json",
    R"json({
"id": "sign-up-without-purchase",
"name": "Signed up and never purchased",
"description": "Signed up some days ago or more, and never ordered.",
"arguments": [
  {"name": "afterDays", "type": "whole", "unit": "days", "default": 7, "minimum": 0, "maximum": 3650,
   "description": "How long the sign-up must be ago."},
  {"name": "signUpEvent", "type": "event", "default": "Signed Up", "description": "A sign-up."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "sign-up-without-purchase", "name": "Signed up and never purchased",
  "description": "Signed up some days ago or more, and never ordered.",
  "parameters": {"afterDays": {"argument": "afterDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "event", "event": {"argument": "signUpEvent"},
     "window": {"before": {"days": {"parameter": "afterDays"}}}},
    {"kind": "event", "event": {"argument": "orderEvent"}, "op": "eq", "value": 0}]}}
})json",
    R"json({
"id": "win-back",
"name": "Win-back",
"description": "Once ordered several times, and not for some time, but not so long that they are lost.",
"arguments": [
  {"name": "orders", "type": "whole", "unit": "orders", "default": 2, "minimum": 1, "maximum": 1000,
   "description": "How often they ordered at least."},
  {"name": "quietDays", "type": "whole", "unit": "days", "default": 90, "minimum": 1, "maximum": 3650,
   "description": "How long nothing was ordered."},
  {"name": "lostDays", "type": "whole", "unit": "days", "default": 365, "minimum": 2, "maximum": 7300,
   "above": "quietDays", "description": "The last order is no longer ago than this."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "win-back", "name": "Win-back",
  "description": "Once ordered several times, and not for some time, but not so long that they are lost.",
  "parameters": {"orders": {"argument": "orders"}, "quietDays": {"argument": "quietDays"},
    "lostDays": {"argument": "lostDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "event", "event": {"argument": "orderEvent"}, "op": "gte", "value": {"parameter": "orders"}},
    {"kind": "event", "event": {"argument": "orderEvent"},
     "window": {"between": [{"days": {"parameter": "lostDays"}}, {"days": {"parameter": "quietDays"}}]}},
    {"kind": "event", "event": {"argument": "orderEvent"}, "op": "eq", "value": 0,
     "window": {"last": {"days": {"parameter": "quietDays"}}}}]}}
})json",
    R"json({
"id": "won-back",
"name": "Won back",
"description": "Ordered again after some time without an order.",
"arguments": [
  {"name": "withinDays", "type": "whole", "unit": "days", "default": 30, "minimum": 1, "maximum": 365,
   "description": "How long the new order may be ago."},
  {"name": "quietDays", "type": "whole", "unit": "days", "default": 180, "minimum": 2, "maximum": 3650,
   "above": "withinDays", "description": "Up to when before now nothing was ordered besides."},
  {"name": "orderEvent", "type": "event", "default": "Order Completed", "description": "An order."}],
"definition": {"version": 1, "id": "won-back", "name": "Won back",
  "description": "Ordered again after some time without an order.",
  "parameters": {"withinDays": {"argument": "withinDays"}, "quietDays": {"argument": "quietDays"}},
  "when": {"kind": "all", "of": [
    {"kind": "event", "event": {"argument": "orderEvent"},
     "window": {"last": {"days": {"parameter": "withinDays"}}}},
    {"kind": "event", "event": {"argument": "orderEvent"}, "op": "eq", "value": 0,
     "window": {"between": [{"days": {"parameter": "quietDays"}}, {"days": {"parameter": "withinDays"}}]}},
    {"kind": "event", "event": {"argument": "orderEvent"},
     "window": {"before": {"days": {"parameter": "quietDays"}}}}]}}
})json"};

}  // namespace fosterflow
