export const writeKey = "test-write-key-0123";
export const adminKey = "test-admin-key-0123";

export const testWorkspaces = {
  test: { writeKeys: [writeKey], adminKeys: [adminKey], sampleRate: 0 },
};
