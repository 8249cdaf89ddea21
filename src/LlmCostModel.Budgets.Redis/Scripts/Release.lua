-- Gives a hold back, or remembers that it never will be one. ARGV 2: '1' when floors count as spent; of a call that is not known none can
-- be, and it stays so, since a repetition would take it for one whose floor was counted.
-- use begin
local known = call('GET', KEYS[2])
if known then
  -- use known_call
  if kind == 'S' then return answer('4', '') end
  if kind == 'R' then return answer('3', '') end
  if kind then
    -- use items
    local found = {}
    for i = 1, #items do
      local item = items[i]
      local sums, window, added = KEYS[1 + 2 * item.place], item.window, tonumber(item.least)
      -- use sums_of
      found[i] = settled_text or held_text
      if #items > 1 then call('ZSCORE', KEYS[2 + 2 * item.place], 'x') end
    end

    -- use count_change
    local state, text = '1', 'R ' .. time[1] .. ' ' .. reserved
    for i = 1, #items do
      local item = items[i]
      local sums, spent = KEYS[1 + 2 * item.place], ARGV[2] == '1' and item.least or '0'
      local live = call('ZREM', KEYS[2 + 2 * item.place], ARGV[1] .. ' ' .. item.hold) == 1
      if not live then state = '2' end
      -- Also what was given back before: what was depends on who used the accounts meanwhile. A window that is forgotten stays so.
      local added = spent - (live and 0 or item.least)
      if live or added ~= 0 and found[i] then
        call('HINCRBY', sums, 's' .. item.window, format('%.0f', added))
        if live and item.amount ~= '0' then call('HINCRBY', sums, 'h' .. item.window, '-' .. item.amount) end
      end
      text = text .. ' ' .. item.account .. ' ' .. item.hold .. ' ' .. item.previous .. ' ' .. spent
    end
    call('SET', KEYS[2], text, 'PX', RETENTION)
    return answer(state, '')
  end
end
if ARGV[2] == '1' then return answer('0', '') end
-- use count_change
call('SET', KEYS[2], 'R ' .. time[1] .. ' -', 'PX', RETENTION)
return answer('0', '')
