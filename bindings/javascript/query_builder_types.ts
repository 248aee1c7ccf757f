/** A query of react-querybuilder, as its `onQueryChange` gives it. */
export interface QueryBuilderGroup {
  id?: string;
  /** `and` (the default) or `or`; absent when combinators stand between the rules. */
  combinator?: string;
  rules: readonly (QueryBuilderGroup | QueryBuilderRule | string)[];
  not?: boolean;
}

export interface QueryBuilderRule {
  id?: string;
  /** The dotted path of an attribute. */
  field: string;
  operator: string;
  value: unknown;
  /** `field`: the value is another field. */
  valueSource?: string;
}
