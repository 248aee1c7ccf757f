import type { AuthoringLanguage } from "./description_types.ts";

/** The name of an event, or several: any of them. */
export type EventNames = string | readonly string[];

/** A scenario that marketers write to people about, with holes for its arguments. */
export interface Template {
  id: TemplateId;
  name: string;
  description: string;
  arguments: TemplateArgument[];
}

/** What a template is to be told. */
export type TemplateArgument = {
  name: string;
  description: string;
} & (
  | {
      /** `whole`: without a fraction. */
      type: "whole" | "number";
      /** Such as `days`, in the language. */
      unit: string;
      default: number;
      minimum: number;
      maximum: number;
      /** Another argument, than which this one must be more. */
      above?: string;
    }
  | {
      /** The name of an event, or a list of such names. */
      type: "event";
      default: string | string[];
      /** What the default is by the value of another argument. */
      defaults?: { argument: string; values: Record<string, string | string[]> };
    }
  /** A dotted path. */
  | { type: "property"; default: string }
  | { type: "text"; default: string }
  | { type: "choice"; default: string; choices: string[] }
);

type Channel = "email" | "push" | "sms";

/** The arguments of each template; what is left out has the default that `templates()` tells. */
export interface TemplateArguments {
  "cart-abandonment": {
    waitHours?: number;
    withinDays?: number;
    addedEvent?: EventNames;
    orderEvent?: EventNames;
  };
  "product-page-bounce": {
    quietMinutes?: number;
    withinDays?: number;
    viewEvent?: EventNames;
    activityEvents?: EventNames;
  };
  "browse-abandonment": {
    products?: number;
    withinDays?: number;
    viewEvent?: EventNames;
    productProperty?: string;
    cartEvents?: EventNames;
  };
  "checkout-abandonment": {
    waitHours?: number;
    withinDays?: number;
    checkoutEvent?: EventNames;
    orderEvent?: EventNames;
  };
  "channel-opened": {
    channel?: Channel;
    times?: number;
    withinDays?: number;
    openEvent?: EventNames;
  };
  "channel-clicked": {
    channel?: Channel;
    times?: number;
    withinDays?: number;
    clickEvent?: EventNames;
  };
  "channel-ignored": {
    channel?: Channel;
    messages?: number;
    withinDays?: number;
    receivedEvent?: EventNames;
    openEvents?: EventNames;
  };
  "first-purchase": { withinDays?: number; orderEvent?: EventNames };
  "repeat-purchase": { orders?: number; withinDays?: number; orderEvent?: EventNames };
  "no-purchase": { quietDays?: number; orderEvent?: EventNames };
  "category-purchase": {
    category?: string;
    orders?: number;
    withinDays?: number;
    orderEvent?: EventNames;
    productsProperty?: string;
    categoryProperty?: string;
  };
  "sign-up": { withinDays?: number; signUpEvent?: EventNames };
  "sign-up-without-purchase": {
    afterDays?: number;
    signUpEvent?: EventNames;
    orderEvent?: EventNames;
  };
  "win-back": { orders?: number; quietDays?: number; lostDays?: number; orderEvent?: EventNames };
  "won-back": { withinDays?: number; quietDays?: number; orderEvent?: EventNames };
}

export type TemplateId = keyof TemplateArguments;

export interface LanguageOptions {
  /** Of names, descriptions and units (default `en`). Ids and names of arguments are the same in all. */
  language?: AuthoringLanguage;
}

/** `language`: of the name and description that are not given. */
export interface InstantiateOptions extends LanguageOptions {
  /** The id of the definition (default: that of the template). */
  id?: string;
  name?: string;
  description?: string;
}

/** When each of the eight personas begins. */
export interface PersonaThresholds {
  /** An order so many days ago, or fewer, is recent; likewise visits. */
  recentDays?: number;
  /** The days over which orders and money are added up. */
  valueDays?: number;
  /** What somebody has spent, refunds taken off, is much from here on. */
  highValue?: number;
  /** The average order is large from here on. */
  highOrderValue?: number;
  /** So many orders are often. */
  frequentOrders?: number;
  /** Who visits, looks, opens or clicks on so many different days is engaged. */
  engagedDays?: number;
  /** So many looks at products are looking around. */
  shopperViews?: number;
  /** Who has this share (0 to 1) of `highValue` or of `frequentOrders` is nearly there. */
  nearShare?: number;
}

export interface PersonaArguments extends PersonaThresholds {
  orderEvent?: EventNames;
  refundEvent?: EventNames;
  /** What an order or refund amounts to. */
  totalProperty?: string;
  viewEvents?: EventNames;
  engagementEvents?: EventNames;
}

export interface PersonasOptions extends PersonaArguments, LanguageOptions {
  /** Each contact is in exactly one of the eight (default: each rule stands for itself, and several may hold). */
  exclusive?: boolean;
}
