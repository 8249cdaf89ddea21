-- Moves the deadline of a hold. ARGV 3: how long it lives from now at least.
-- use begin
local known = call('GET', KEYS[2])
if not known then return answer('0', '') end
-- use known_call
if not kind then return answer('0', '') end
if kind == 'S' then return answer('4', '') end
if kind == 'R' then return answer('3', '') end
-- use items
local members, deadlines = {}, {}
for i = 1, #items do
  members[i] = ARGV[1] .. ' ' .. items[i].hold
  deadlines[i] = tonumber(call('ZSCORE', KEYS[2 + 2 * items[i].place], members[i]))
  if not deadlines[i] then return answer('2', '') end
end

-- use count_change
-- use live_until
local wanted = now + ARGV[3]
local last = wanted
for i = 1, #items do
  local sums, holds = KEYS[1 + 2 * items[i].place], KEYS[2 + 2 * items[i].place]
  if deadlines[i] < wanted then
    call('ZADD', holds, format('%.0f', wanted), members[i])
    live_until(sums, holds, wanted)
  elseif deadlines[i] > last then
    last = deadlines[i]
  end
end
call('PEXPIRE', KEYS[2], format('%.0f', last - now + RETENTION + KEEP))
return answer('1', '')
