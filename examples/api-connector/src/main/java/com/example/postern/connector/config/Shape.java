package com.example.postern.connector.config;

/** How an API spreads its items over answers. */
public enum Shape {
  /** Everything in one answer, every time. */
  NONE("none", "/auth/api_key"),
  /** Each answer has the URL of the next. */
  NEXT_PAGE_URL("next_page_url", "/pagination/next_page_url"),
  /** Pages are numbered. */
  PAGE_NUMBER("page_number", "/pagination/page_number"),
  /** Items are counted off. */
  OFFSET("offset", "/pagination/offset"),
  /** Each answer has a mark where the next begins. */
  KEYSET("keyset", "/pagination/keyset"),
  /** Everything since a moment in one answer. */
  CURSOR("cursor", "/cursors/companies");

  private final String label;
  private final String usualEndpoint;

  Shape(String label, String usualEndpoint) {
    this.label = label;
    this.usualEndpoint = usualEndpoint;
  }

  /** Where the playground has it. */
  public String usualEndpoint() {
    return usualEndpoint;
  }

  /** As it is written in the configuration. */
  @Override
  public String toString() {
    return label;
  }
}
