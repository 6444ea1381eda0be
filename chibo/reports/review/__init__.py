"""The review report (sơ kết, tổng kết): drafted from the evidence, every number open, sealed when issued."""
