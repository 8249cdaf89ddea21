-- Gives a hold back, or remembers that it never will be one. ARGV 5: '1' when floors count as spent.
local kind, reserved, rest = known_call()
if kind == 'S' then return answer('4', '') end
if kind == 'R' then return answer('3', '') end
local life = tonumber(ARGV[2])
if not kind then
  remember('R ' .. int(now + life) .. ' -', life)
  sequence = sequence + 1
  return answer('0', '')
end

local items, missing = items_of(rest)
if missing then return missing end
for i = 1, #items do
  local item = items[i]
  item.old_s, item.old_h, item.is_there = sums_of(sums_key(item.place), item.window, item.least)
  if #items > 1 then call('ZSCORE', holds_key(item.place), 'x') end
end

local state, text = '1', 'R ' .. int(now + life) .. ' ' .. reserved
for i = 1, #items do
  local item = items[i]
  local spent = item.least
  if call('ZREM', holds_key(item.place), ARGV[4] .. ' ' .. item.hold) == 1 then
    spent = ARGV[5] == '1' and item.least or 0
    change(sums_key(item.place), item.window, item.old_s, item.old_h, item.is_there, spent, -item.amount)
  else
    state = '2'
  end
  text = text .. ' ' .. item.account .. ' ' .. item.hold .. ' ' .. item.previous .. ' ' .. int(spent)
end
remember(text, life)
sequence = sequence + 1
return answer(state, '')
