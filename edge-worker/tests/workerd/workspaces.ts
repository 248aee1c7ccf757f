export const writeKey = "test-write-key-0123";
export const adminKey = "test-admin-key-0123";
export const sampledWriteKey = "sampled-write-key-0123";
export const sampledAdminKey = "sampled-admin-key-0123";
export const metricsKey = "test-metrics-key-0123";

/** Of `test` no messages are kept for the sample, of `sampled` all. */
export const testWorkspaces = {
  test: { writeKeys: [writeKey], adminKeys: [adminKey], sampleRate: 0 },
  sampled: { writeKeys: [sampledWriteKey], adminKeys: [sampledAdminKey], sampleRate: 1 },
};
