"""The annual report (政府信息公开工作年度报告) drafted from what the house has on record, every figure with what it counts."""
