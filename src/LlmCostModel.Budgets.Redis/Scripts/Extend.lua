-- Moves the deadline of a hold. ARGV 6: how long it lives from now at least.
local kind, reserved, rest = known_call()
if not kind then return answer('0', '') end
if kind == 'S' then return answer('4', '') end
if kind == 'R' then return answer('3', '') end
local items, missing = items_of(rest)
if missing then return missing end
for i = 1, #items do
  local item = items[i]
  item.member = ARGV[4] .. ' ' .. item.hold
  item.deadline = tonumber(call('ZSCORE', holds_key(item.place), item.member))
  if not item.deadline then return answer('2', '') end
end

local life = tonumber(ARGV[6])
local last = now + life
for i = 1, #items do
  local item = items[i]
  if item.deadline < now + life then
    call('ZADD', holds_key(item.place), int(now + life), item.member)
    live_until(sums_key(item.place), holds_key(item.place), now + life)
  elseif item.deadline > last then
    last = item.deadline
  end
end
call('PEXPIRE', KEYS[2], int(last - now + tonumber(ARGV[2]) + KEEP))
sequence = sequence + 1
return answer('1', '')
