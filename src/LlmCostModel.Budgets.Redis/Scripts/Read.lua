-- What accounts have; gives back what is due of them.
-- use begin
for i = 1, COUNT do
  -- use window_of
  if not window_of(ARGV[8 + WIDTH * (i - 1)]) then return answer('1', '') end
end
for i = 1, COUNT do
  local sums, holds = KEYS[1 + 2 * i], KEYS[2 + 2 * i]
  -- use give_back
end
-- use states
return answer('0', states)
