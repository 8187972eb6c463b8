// What rows are and have: the numbers of RowKind and RowFlags.
export const kind = { span: 0, inTopic: 1, unread: 2, alike: 3 };
export const kindMask = 3;
export const flag = {
  error: 1 << 2, orphan: 1 << 3, skew: 1 << 4, critical: 1 << 5, surrounding: 1 << 6, live: 1 << 7, toRetry: 1 << 8,
  deadLetter: 1 << 9, batch: 1 << 10, retry: 1 << 11, weighted: 1 << 12, logs: 1 << 13, elsewhere: 1 << 14, folded: 1 << 15,
  send: 1 << 16, process: 1 << 17,
};
export const wrong = flag.error | flag.deadLetter;
